/* What a member follows, and what they are told. */
import {post} from '../kit/http.js';
import {fill, find, on} from '../kit/dom.js';
import {announce, explain} from '../kit/announce.js';

/* `openThread` shows a thread of this block at a post. */
export function startFollowing({block, url, openThread}) {
  const notices = find(block, 'notices');

  async function send(handler, data) {
    announce(block, '');
    try {
      return await post(url(handler), data);
    } catch (refusal) {
      explain(block, refusal);
      return null;
    }
  }

  function showNotices(answer) {
    const list = find(notices, 'notices-list');
    if (answer && !list.contains(document.activeElement)) { // who is on a line already stays there
      fill(list, answer.html);
      notices.dataset.until = answer.until;
      find(notices, 'notices-unread').textContent = answer.unread;
      find(notices, 'notices-unread').hidden = !answer.unread;
      find(notices, 'notices-read').hidden = !answer.unread;
    }
  }

  on(block, 'click', 'follow', async (event, button) => {
    const wanted = {what: button.dataset.solerniFollow, thread: button.dataset.thread};
    const answer = await send('follow', {...wanted, on: button.getAttribute('aria-pressed') !== 'true'});
    if (answer) {
      button.setAttribute('aria-pressed', String(answer.on));
    }
  });

  on(block, 'click', 'notices-read', async () => {
    showNotices(await send('read_notices', {until: notices.dataset.until}));
    notices.querySelector('summary').focus();
  });

  on(block, 'click', 'notice-open', (event, link) => {
    event.preventDefault();
    openThread(link.dataset.thread, {post: link.dataset.solerniNoticeOpen});
  });

  notices.addEventListener('toggle', async () => {
    if (notices.open) {
      showNotices(await send('list_notices', {}));
    }
  });
}
