/* The discussion of one block: a list of threads, one thread at a time, and the forms that publish. */
import {post} from '../kit/http.js';
import {find, on} from '../kit/dom.js';
import {announce, explain} from '../kit/announce.js';
import * as syncing from './syncing.js';
import {correct} from './advice.js';
import {preview, publish} from './composing.js';
import {startRevising} from './revising.js';
import {startParts} from './parts.js';
import {startListing} from './listing.js';
import {kindOf, startReading} from './reading.js';
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

export function start({root, args, url}) {
  const block = find(root, 'discussion');
  const list = find(block, 'list');
  const reading = find(block, 'reading');
  const newThread = find(block, 'new-thread');
  const composer = find(list, 'compose');
  const listing = startListing({block, ask, url});
  const saved = syncing.readSaved(block);
  const commenting = startCommenting({block, reading, ask, saved, url});
  const thread = startReading({block, ask, url, args, saved, listing, commenting});

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
  on(block, 'click', 'show-preview', (event, button) => preview(button.form, url));

  async function send(form, insist) {
    const answer = await publish(form, url, insist);
    if (!answer) {
      return;
    }
    thread.touchList();
    document.dispatchEvent(new CustomEvent('solerni:acted'));
    if (form.dataset.post) {
      await thread.showChanged(answer);
    } else if (form === composer) {
      toggleComposer(false);
      thread.show(answer.html, answer.thread);
      announce(block, answer.said, kindOf(answer));
    } else if (find(reading, 'own-first')) { /* the replies of the others show now */
      await thread.showChanged(answer);
    } else {
      thread.showReply(form, answer);
    }
  }

  on(block, 'submit', 'compose', (event, form) => {
    event.preventDefault();
    send(form, false);
  });
  on(block, 'click', 'correct', (event, button) => correct(button.form));
  on(block, 'click', 'insist', (event, button) => send(button.form, true));

  startParts(block);
  startFiles({block, url});
  startRevising({block, ask, url, saved, showChanged: thread.showChanged});
  syncing.watch(block, url);
  startVoting({block, url});
  startReporting({block, url});
  startWaiting({block, url});
  startArranging({block, url, showArranged: thread.showArranged});
  startFollowing({block, url, openThread: thread.open});
  startMentions({block, url});
  startQuoting({block, reading});
  startSearching({block, url});
  startNews({block, url, seconds: args.news_seconds, showThreads: listing.showNew, showPosts: thread.showPosts});
  startWording({block, url});
  if (syncing.restore(composer, saved, url)) {
    toggleComposer(true);
  }
  thread.openNamed();
}
