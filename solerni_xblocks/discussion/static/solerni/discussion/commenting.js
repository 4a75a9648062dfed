/* Comments under a reply: one form for each reply, beneath what stands there already, opened by whoever wants it. */
import {fill, find, findAll, on} from '../kit/dom.js';
import * as drafts from './drafts.js';
import * as syncing from './syncing.js';

function rootOf(article) {
  return article.dataset.parent || article.dataset.solerniPost;
}

export function findCommentForm(reading, article) {
  return findAll(reading, 'compose').find((form) => form.dataset.parent === rootOf(article));
}

export function startCommenting({block, reading, ask, saved, url}) {
  const openers = new WeakMap();

  function listUnder(root) {
    return findAll(reading, 'post').filter((article) => rootOf(article) === root);
  }

  function commentButton(root) {
    const articles = listUnder(root);
    return articles.length ? find(articles[0], 'comment') : null;
  }

  /* A reply says when the words of a comment that was not sent are kept for it. */
  function showKept() {
    const prefix = find(block, 'compose').dataset.draft + '-comment-';
    findAll(reading, 'comment-kept').forEach((mark) => {
      const root = rootOf(mark.closest('[data-solerni-post]'));
      mark.hidden = !saved.has('comment:' + root) && !drafts.isKept(prefix + root);
    });
  }

  function close(form) {
    const button = openers.get(form);
    form.closest('[data-solerni-comment-box]').remove();
    button.setAttribute('aria-expanded', 'false');
    showKept();
    return button.isConnected ? button : commentButton(form.dataset.parent);
  }

  function show(answer, button) {
    const box = document.createElement('div');
    box.className = 'solerni-discussion-comment';
    box.dataset.solerniCommentBox = '';
    fill(box, answer.html);
    listUnder(answer.parent).pop().after(box);
    const form = find(box, 'compose');
    openers.set(form, button);
    button.setAttribute('aria-expanded', 'true');
    syncing.restore(form, saved, url);
    return form;
  }

  on(block, 'click', 'comment', async (event, button) => {
    const article = button.closest('[data-solerni-post]');
    let form = findCommentForm(reading, article);
    if (!form) {
      const answer = await ask('open_comment', {post: article.dataset.solerniPost});
      form = findCommentForm(reading, article) || (answer && article.isConnected && show(answer, button));
    }
    if (form) {
      form.elements.namedItem('text').focus();
    }
  });
  on(block, 'click', 'cancel-comment', (event, button) => {
    syncing.flush(button.form, url);
    close(button.form).focus();
  });

  /* The comment takes the place of its form. */
  function showComment(form, article) {
    form.closest('[data-solerni-comment-box]').before(article);
    close(form);
  }

  return {showKept, showComment};
}
