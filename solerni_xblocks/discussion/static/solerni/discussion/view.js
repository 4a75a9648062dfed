/* The discussion of one block: a list of threads, one thread at a time, and the forms that publish. */
import {post} from '../kit/http.js';
import {fill, find, findAll, on} from '../kit/dom.js';
import {announce, explain} from '../kit/announce.js';
import * as drafts from './drafts.js';
import {correct} from './advice.js';
import {preview, publish} from './composing.js';

const THREAD = '#thread-';

function append(target, html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  const first = template.content.firstElementChild;
  target.append(template.content);
  return first;
}

function setMore(button, after) {
  button.dataset.after = after || '';
  button.hidden = !after;
}

function kindOf(answer) {
  return answer.state === 'published' ? 'success' : 'info';
}

export function start({root, url}) {
  const block = find(root, 'discussion');
  const list = find(block, 'list');
  const reading = find(block, 'reading');
  const newThread = find(block, 'new-thread');
  const composer = find(list, 'compose');
  let isListStale = false;
  let lastOpened = '';

  /* Speak to a handler that reads; a refusal goes to the status line of the block. */
  async function ask(handler, data) {
    announce(block, '');
    try {
      return await post(url(handler), data);
    } catch (refusal) {
      explain(block, refusal);
      return null;
    }
  }

  function toggleComposer(isOpen) {
    composer.hidden = !isOpen;
    newThread.setAttribute('aria-expanded', String(isOpen));
  }

  /* The address names the open thread, so that a reload or a link opens it again. */
  function showReading(html, thread) {
    lastOpened = thread;
    window.history.replaceState(null, '', THREAD + thread);
    fill(reading, html);
    list.hidden = true;
    reading.hidden = false;
    findAll(reading, 'compose').forEach(drafts.restore);
    find(reading, 'heading').focus();
  }

  async function openThread(thread) {
    const answer = await ask('read_thread', {thread});
    if (answer) {
      showReading(answer.html, answer.thread);
    }
  }

  async function refreshList() {
    const answer = await ask('list_threads', {});
    if (answer) {
      fill(find(list, 'threads'), answer.html);
      setMore(find(list, 'more'), answer.after);
      isListStale = false;
    }
  }

  function showList() {
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    reading.hidden = true;
    reading.replaceChildren();
    list.hidden = false;
  }

  /* Put a refused text into the form for a new message; a text already begun there is never overwritten. */
  function resume(button) {
    const isThread = 'title' in button.dataset;
    const text = find(button.closest('[data-solerni-post]'), 'source').textContent.replace(/^\n+|\n+$/g, '');
    const form = (!isThread && find(reading, 'compose')) || composer;
    if (form === composer) {
      showList();
      toggleComposer(true);
    }
    const isFree = drafts.isEmpty(form);
    if (isFree) {
      drafts.begin(form, {title: button.dataset.title, text});
    }
    form.elements.namedItem('text').focus();
    announce(form, isFree ? button.dataset.resumed : button.dataset.taken, isFree ? 'info' : 'error');
  }

  /* Another block of the page may hold the thread that the address names: nothing is said then. */
  async function openNamed() {
    const thread = window.location.hash.startsWith(THREAD) && window.location.hash.slice(THREAD.length);
    const answer = thread && await post(url('read_thread'), {thread}).catch(() => null);
    if (answer) {
      showReading(answer.html, answer.thread);
    }
  }

  async function closeThread() {
    if (isListStale) {
      await refreshList();
    }
    showList();
    const opened = findAll(list, 'open-thread').find((button) => button.dataset.solerniOpenThread === lastOpened);
    (opened || find(list, 'list-heading')).focus();
  }

  function showReply(form, answer) {
    const posts = find(reading, 'posts');
    const known = findAll(posts, 'post').find((item) => item.dataset.solerniPost === answer.uuid);
    (known || append(posts, answer.html)).focus();
    announce(block, '');
    announce(form, answer.said, kindOf(answer));
  }

  on(block, 'click', 'new-thread', () => {
    toggleComposer(composer.hidden);
    if (!composer.hidden) {
      composer.elements.namedItem('title').focus();
    }
  });
  on(block, 'click', 'cancel', () => {
    toggleComposer(false);
    newThread.focus();
  });
  on(block, 'click', 'open-thread', (event, button) => openThread(button.dataset.solerniOpenThread));
  on(block, 'click', 'back', closeThread);
  on(block, 'click', 'resume', (event, button) => resume(button));
  on(block, 'input', 'compose', (event, form) => drafts.keep(form));
  on(block, 'click', 'show-preview', (event, button) => preview(button.form, url));

  async function send(form, insist) {
    const answer = await publish(form, url, insist);
    if (!answer) {
      return;
    }
    isListStale = true;
    document.dispatchEvent(new CustomEvent('solerni:acted'));
    if (form === composer) {
      toggleComposer(false);
      showReading(answer.html, answer.thread);
      announce(block, answer.said, kindOf(answer));
    } else {
      showReply(form, answer);
    }
  }

  on(block, 'submit', 'compose', (event, form) => {
    event.preventDefault();
    send(form, false);
  });
  on(block, 'click', 'correct', (event, button) => correct(button.form));
  on(block, 'click', 'insist', (event, button) => send(button.form, true));

  on(block, 'click', 'more', async (event, button) => {
    const answer = await ask('list_threads', {after: button.dataset.after});
    if (answer) {
      setMore(button, answer.after);
      const first = append(find(list, 'threads'), answer.html);
      find(first, 'open-thread').focus();
    }
  });

  on(block, 'click', 'more-posts', async (event, button) => {
    const answer = await ask('read_thread', {thread: button.dataset.thread, after: button.dataset.after});
    if (answer) {
      setMore(button, answer.after);
      append(find(reading, 'posts'), answer.html).focus();
    }
  });

  if (drafts.restore(composer)) {
    toggleComposer(true);
  }
  openNamed();
}
