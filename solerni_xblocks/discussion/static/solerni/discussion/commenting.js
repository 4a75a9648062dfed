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

  function findBox(root) {
    return findAll(reading, 'comment-box').find((box) => box.dataset.parent === root);
  }

  function close(box) {
    const button = openers.get(box);
    box.remove();
    button.setAttribute('aria-expanded', 'false');
    showKept();
    return button.isConnected ? button : commentButton(box.dataset.parent);
  }

  function show(answer, button) {
    const box = document.createElement('div');
    box.className = 'solerni-discussion-comment';
    box.dataset.solerniCommentBox = '';
    box.dataset.parent = answer.parent;
    fill(box, answer.html);
    listUnder(answer.parent).pop().after(box);
    openers.set(box, button);
    button.setAttribute('aria-expanded', 'true');
    findAll(box, 'compose').forEach((form) => syncing.restore(form, saved, url));
    syncing.showWords(box, saved);
    return box;
  }

  /* Where to write, or what says that nobody can. */
  function enter(box) {
    const form = find(box, 'compose');
    (form ? form.elements.namedItem('text') : find(box, 'shut')).focus();
  }

  on(block, 'click', 'comment', async (event, button) => {
    const article = button.closest('[data-solerni-post]');
    let box = findBox(rootOf(article));
    if (!box) {
      const answer = await ask('open_comment', {post: article.dataset.solerniPost});
      box = findBox(rootOf(article)) || (answer && article.isConnected && show(answer, button));
    }
    if (box) {
      enter(box);
    }
  });
  on(block, 'click', 'cancel-comment', (event, button) => {
    const box = button.closest('[data-solerni-comment-box]');
    findAll(box, 'compose').forEach((form) => syncing.flush(form, url));
    close(box).focus();
  });

  /* The comment takes the place of its form. */
  function showComment(form, article) {
    const box = form.closest('[data-solerni-comment-box]');
    box.before(article);
    close(box);
  }

  return {showKept, showComment};
}
