/* One thread at a time: opened, gone through, shown anew when something of it changed, closed again. */
import {newest, post} from '../kit/http.js';
import {fill, find, findAll, on} from '../kit/dom.js';
import {announce} from '../kit/announce.js';
import * as syncing from './syncing.js';
import {append, setMore} from './listing.js';

const THREAD = '#thread-';

export function kindOf(answer) {
  return answer.state === 'published' ? 'success' : 'info';
}

/* `listing` is the list that the thread stands in, `commenting` the forms under its replies; `args` may name the thread
   and the message that a link led to. */
export function startReading({block, ask, url, args, saved, listing, commenting}) {
  const list = find(block, 'list');
  const reading = find(block, 'reading');
  const askThread = newest(ask);
  let isListStale = false;
  let lastOpened = '';

  /* The address names the open thread, so that a reload or a link opens it again. */
  function show(html, thread) {
    lastOpened = thread;
    window.history.replaceState(null, '', THREAD + thread);
    fill(reading, html);
    list.hidden = true;
    reading.hidden = false;
    findAll(reading, 'compose').forEach((form) => syncing.restore(form, saved, url));
    syncing.showWords(reading, saved);
    commenting.showKept();
    find(reading, 'heading').focus();
  }

  async function open(thread, where) {
    const answer = await askThread('read_thread', {thread, ...where});
    if (answer) {
      enter(answer);
    }
  }

  function enter(answer) {
    show(answer.html, answer.thread);
    goTo(answer.target);
    isListStale = true;
    listing.markRead(answer.thread);
  }

  function goTo(uuid) {
    const target = uuid && findAll(reading, 'post').find((item) => item.dataset.solerniPost === uuid);
    if (target) {
      target.focus();
      target.scrollIntoView({block: 'center'});
    }
    return Boolean(target);
  }

  function showList() {
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    reading.hidden = true;
    reading.replaceChildren();
    list.hidden = false;
  }

  /* The thread of the link that led here, else of the address. Another block of the page may hold it: nothing is said
     then. */
  async function openNamed() {
    const named = window.location.hash.startsWith(THREAD) && window.location.hash.slice(THREAD.length);
    const thread = args.thread || named;
    const target = args.thread && args.post ? {post: args.post} : {};
    const answer = thread && await post(url('read_thread'), {thread, ...target}).catch(() => null);
    if (answer && reading.hidden) { // else the reader has opened another one meanwhile
      enter(answer);
    }
  }

  async function close() {
    if (isListStale) {
      isListStale = !await listing.refresh();
    }
    showList();
    listing.focusOn(lastOpened);
  }

  function showReply(form, answer) {
    const posts = find(reading, 'posts');
    const known = findAll(posts, 'post').find((item) => item.dataset.solerniPost === answer.uuid);
    const article = known || append(posts, answer.html);
    const isComment = Boolean(form.dataset.parent);
    if (isComment) {
      commenting.showComment(form, article);
    }
    article.focus();
    announce(block, '');
    announce(isComment ? block : form, answer.said, kindOf(answer));
  }

  /* What is new in the thread, read anew from there; what is being typed is kept first. */
  async function showPosts(thread) {
    await Promise.all(findAll(reading, 'compose').map((form) => syncing.flush(form, url)));
    await open(thread, {from_unread: true});
  }

  /* A message was changed or withdrawn: its title, its state and what may be done follow. */
  async function showChanged(answer) {
    isListStale = true;
    await open(answer.thread, {post: answer.uuid});
    announce(block, answer.said, kindOf(answer));
  }

  /* A moderator rearranged the thread: the one to go on with is shown, or the list when it has left this discussion. */
  async function showArranged(answer) {
    isListStale = true;
    await (answer.thread ? open(answer.thread) : close());
    announce(block, answer.said, 'success');
  }

  /* Something is there that the list does not show yet. */
  function touchList() {
    isListStale = true;
  }

  on(block, 'click', 'open-thread', (event, button) => open(button.dataset.solerniOpenThread));
  on(block, 'click', 'back', close);
  on(block, 'click', 'go-to', (event, button) => {
    goTo(button.dataset.solerniGoTo) || open(button.dataset.thread, {post: button.dataset.solerniGoTo});
  });
  on(block, 'click', 'go-to-new', (event, button) => {
    const line = find(reading, 'new-line');
    (line && goTo(line.nextElementSibling.dataset.solerniPost)) || open(button.dataset.thread, {from_unread: true});
  });

  on(block, 'click', 'more-posts', async (event, button) => {
    const answer = await ask('read_thread', {thread: button.dataset.thread, after: button.dataset.after});
    if (answer && button.isConnected) {
      setMore(button, answer.after);
      append(find(reading, 'posts'), answer.html).focus();
      commenting.showKept();
    }
  });

  return {show, open, openNamed, showReply, showPosts, showChanged, showArranged, touchList};
}
