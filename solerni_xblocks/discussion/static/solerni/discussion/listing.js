/* The list of threads: which ones, in which order, more of them, and what is new. */
import {newest, post} from '../kit/http.js';
import {fill, find, findAll, on} from '../kit/dom.js';
import {announce} from '../kit/announce.js';
import {renew} from './news.js';

export function append(target, html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  const first = template.content.firstElementChild;
  target.append(template.content);
  return first;
}

export function setMore(button, after) {
  button.dataset.after = after || '';
  button.hidden = !after;
}

/* `ask` speaks to a handler that reads, and says what went wrong. */
export function startListing({block, ask, url}) {
  const list = find(block, 'list');
  const chooser = find(list, 'choose');
  const askList = newest(ask);

  function readChoice() {
    return Object.fromEntries(new FormData(chooser));
  }

  function showUnread(answer) {
    fill(find(list, 'unread'), answer.html);
    find(list, 'read-all').hidden = !answer.place;
  }

  async function refresh() {
    const answer = await askList('list_threads', readChoice());
    if (answer) {
      fill(find(list, 'threads'), answer.html);
      setMore(find(list, 'more'), answer.after);
      renew(find(list, 'news'), answer.at);
    }
    return Boolean(answer);
  }

  /* What is read is kept without a word: nothing is lost when it fails. */
  async function markRead(thread) {
    const answer = await post(url('mark_read'), {thread}).catch(() => null);
    if (answer) {
      showUnread(answer);
    }
  }

  on(block, 'change', 'choose', async (event) => {
    if (event.target.name === 'sort') {
      post(url('choose_sort'), {sort: event.target.value}).catch(() => null);
    }
    await refresh();
  });
  on(block, 'submit', 'choose', (event) => event.preventDefault());

  on(block, 'click', 'read-all', async (event, button) => {
    const answer = await ask('mark_all_read', {});
    if (answer) {
      announce(block, button.dataset.done, 'success');
      await refresh();
      find(list, 'list-heading').focus();
      showUnread(answer);
    }
  });

  /* Another list may have come meanwhile: more of the old one does not belong under it. */
  on(block, 'click', 'more', async (event, button) => {
    const {after} = button.dataset;
    const answer = await ask('list_threads', {...readChoice(), after});
    if (answer && button.dataset.after === after) {
      setMore(button, answer.after);
      const first = append(find(list, 'threads'), answer.html);
      find(first, 'open-thread').focus();
    }
  });

  async function showNew() {
    if (await refresh()) {
      const first = find(list, 'threads').querySelector('[data-unread] [data-solerni-open-thread]');
      (first || find(list, 'list-heading')).focus();
    }
  }

  return {refresh, markRead, showNew, focusOn: (thread) => {
    const opened = findAll(list, 'open-thread').find((button) => button.dataset.solerniOpenThread === thread);
    (opened || find(list, 'list-heading')).focus();
  }};
}
