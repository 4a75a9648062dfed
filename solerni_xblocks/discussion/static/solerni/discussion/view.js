/* The discussion of one block: a list of threads, one thread at a time, and the forms that publish. */
import {post} from '../kit/http.js';
import {fill, find, findAll, on} from '../kit/dom.js';
import {announce, explain} from '../kit/announce.js';
import * as syncing from './syncing.js';
import {correct} from './advice.js';
import {preview, publish} from './composing.js';
import {startRevising} from './revising.js';
import {startParts} from './parts.js';
import {append, setMore, startListing} from './listing.js';
import {startReporting} from './reporting.js';
import {startVoting} from './voting.js';
import {startFollowing} from './following.js';
import {startCommenting} from './commenting.js';
import {startMentions} from './mentions.js';
import {startNews} from './news.js';
import {startQuoting} from './quoting.js';
import {startArranging} from './arranging.js';
import {startWaiting} from './waiting.js';
import {startSearching} from './searching.js';
import {startWording} from './wording.js';
import {startFiles} from './files.js';

const THREAD = '#thread-';

function kindOf(answer) {
  return answer.state === 'published' ? 'success' : 'info';
}

export function start({root, args, url}) {
  const block = find(root, 'discussion');
  const list = find(block, 'list');
  const reading = find(block, 'reading');
  const newThread = find(block, 'new-thread');
  const composer = find(list, 'compose');
  const listing = startListing({block, ask, url});
  const saved = syncing.readSaved(block);
  const commenting = startCommenting({block, reading, ask, saved, url});
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
    findAll(reading, 'compose').forEach((form) => syncing.restore(form, saved, url));
    syncing.showWords(reading, saved);
    commenting.showKept();
    find(reading, 'heading').focus();
  }

  async function openThread(thread, where) {
    const answer = await ask('read_thread', {thread, ...where});
    if (answer) {
      showReading(answer.html, answer.thread);
      goTo(answer.target);
      isListStale = true;
      listing.markRead(answer.thread);
    }
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
    if (answer) {
      showReading(answer.html, answer.thread);
      goTo(answer.target);
      isListStale = true;
      listing.markRead(answer.thread);
    }
  }

  async function closeThread() {
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
    await openThread(thread, {from_unread: true});
  }

  /* A message was changed or withdrawn: its title, its state and what may be done follow. */
  async function showChanged(answer) {
    isListStale = true;
    await openThread(answer.thread, {post: answer.uuid});
    announce(block, answer.said, kindOf(answer));
  }

  /* A moderator rearranged the thread: the one to go on with is shown, or the list when it has left this discussion. */
  async function showArranged(answer) {
    isListStale = true;
    await (answer.thread ? openThread(answer.thread) : closeThread());
    announce(block, answer.said, 'success');
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
  on(block, 'click', 'show-preview', (event, button) => preview(button.form, url));

  async function send(form, insist) {
    const answer = await publish(form, url, insist);
    if (!answer) {
      return;
    }
    isListStale = true;
    document.dispatchEvent(new CustomEvent('solerni:acted'));
    if (form.dataset.post) {
      await showChanged(answer);
    } else if (form === composer) {
      toggleComposer(false);
      showReading(answer.html, answer.thread);
      announce(block, answer.said, kindOf(answer));
    } else if (find(reading, 'own-first')) { /* the replies of the others show now */
      await showChanged(answer);
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

  on(block, 'click', 'go-to', (event, button) => {
    goTo(button.dataset.solerniGoTo) || openThread(button.dataset.thread, {post: button.dataset.solerniGoTo});
  });
  on(block, 'click', 'go-to-new', (event, button) => {
    const line = find(reading, 'new-line');
    (line && goTo(line.nextElementSibling.dataset.solerniPost)) || openThread(button.dataset.thread, {from_unread: true});
  });

  on(block, 'click', 'more-posts', async (event, button) => {
    const answer = await ask('read_thread', {thread: button.dataset.thread, after: button.dataset.after});
    if (answer) {
      setMore(button, answer.after);
      append(find(reading, 'posts'), answer.html).focus();
      commenting.showKept();
    }
  });

  startParts(block);
  startFiles({block, url});
  startRevising({block, ask, url, saved, showChanged});
  syncing.watch(block, url);
  startVoting({block, url});
  startReporting({block, url});
  startWaiting({block, url});
  startArranging({block, url, showArranged});
  startFollowing({block, url, openThread});
  startMentions({block, url});
  startQuoting({block, reading});
  startSearching({block, url});
  startNews({block, url, seconds: args.news_seconds, showThreads: listing.showNew, showPosts});
  startWording({block, url});
  if (syncing.restore(composer, saved, url)) {
    toggleComposer(true);
  }
  openNamed();
}
