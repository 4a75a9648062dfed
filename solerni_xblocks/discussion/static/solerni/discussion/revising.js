/* One's own message: change it in its place, see its earlier wordings, withdraw it. */
import {fill, find, on} from '../kit/dom.js';
import * as syncing from './syncing.js';

function postOf(element) {
  return element.closest('[data-solerni-post]');
}

export function startRevising({block, ask, url, saved, showChanged}) {
  function close(article, name) {
    find(article, 'edit-box').replaceChildren();
    const button = find(article, name);
    if (button) {
      button.focus();
    }
  }

  async function openBox(button, handler) {
    const article = postOf(button);
    const answer = await ask(handler, {post: article.dataset.solerniPost});
    if (!answer) {
      return null;
    }
    const box = find(article, 'edit-box');
    fill(box, answer.html);
    return box;
  }

  on(block, 'click', 'edit', async (event, button) => {
    const box = await openBox(button, 'open_edit');
    const form = box && find(box, 'compose');
    if (form) {
      syncing.restore(form, saved, url);
      form.elements.namedItem('text').focus();
    }
  });
  on(block, 'click', 'cancel-edit', (event, button) => close(postOf(button), 'edit'));
  on(block, 'click', 'show-history', async (event, button) => {
    const box = await openBox(button, 'list_versions');
    if (box) {
      find(box, 'history').focus();
    }
  });
  on(block, 'click', 'close-history', (event, button) => close(postOf(button), 'show-history'));
  on(block, 'click', 'withdraw', async (event, button) => {
    const answer = await ask('withdraw_post', {post: postOf(button).dataset.solerniPost});
    if (answer) {
      await showChanged(answer);
      document.dispatchEvent(new CustomEvent('solerni:acted'));
    }
  });
}
