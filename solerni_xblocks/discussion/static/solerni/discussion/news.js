/* What happens while somebody reads: asked for now and then, told politely, shown when the reader wants it. Nothing moves
   by itself: the line has its room, and what is new comes when it is asked for. */
import {post} from '../kit/http.js';
import {fill, find, findAll, on} from '../kit/dom.js';

const CALM = 1.5;
const TROUBLE = 3;
const SLOWEST = 10;

/* The line is told no longer: what it spoke of is shown since `at`. */
export function renew(news, at) {
  news.dataset.since = at;
  find(news, 'news-words').textContent = '';
  find(news, 'show-news').hidden = true;
}

/* Each line once: a screen reader hears only what changed. */
function tell(news, html, mayShow) {
  const words = find(news, 'news-words');
  if (news.dataset.told !== html) {
    news.dataset.told = html;
    fill(words, html);
  }
  find(news, 'show-news').hidden = !mayShow;
}

function readGlance({dataset}) {
  return {since: dataset.since, thread: dataset.thread, state: dataset.state, is_locked: 'locked' in dataset};
}

/* `seconds` between two questions, 0 for none. `showThreads` and `showPosts` bring what is new. */
export function startNews({block, url, seconds, showThreads, showPosts}) {
  const every = seconds * 1000;
  let pause = every;
  let timer = 0;
  let askedAt = Date.now();

  function current() {
    return findAll(block, 'news').find((news) => !news.closest('[hidden]') && !('over' in news.dataset));
  }

  function slowDown(factor) {
    pause = Math.min(pause * factor, every * SLOWEST);
  }

  function plan() {
    clearTimeout(timer);
    if (pause && block.isConnected && document.visibilityState === 'visible') {
      timer = setTimeout(look, pause);
    }
  }

  /* Whoever is kept out, or has no session any more, is told when they do something; nobody asks for them. */
  function handle(refusal, news) {
    if (refusal.status === 404) {
      news.dataset.over = '';
      tell(news, news.dataset.gone, false);
    } else if (refusal.status === 401 || refusal.status === 403) {
      pause = 0;
    } else {
      slowDown(TROUBLE);
    }
  }

  async function ask(news) {
    askedAt = Date.now();
    try {
      const {html} = await post(url('list_news'), readGlance(news));
      tell(news, html, Boolean(html));
      slowDown(CALM);
    } catch (refusal) {
      handle(refusal, news);
    }
  }

  async function look() {
    const news = current();
    if (news) {
      await ask(news);
    }
    plan();
  }

  /* Somebody is there: ask at the usual pace again. */
  function wake() {
    if (pause > every) {
      pause = every;
      plan();
    }
  }

  function comeBack() {
    if (document.visibilityState === 'visible' && pause && Date.now() - askedAt > every) {
      pause = every;
      look();
    } else {
      plan();
    }
  }

  on(block, 'click', 'show-news', (event, button) => {
    const {thread} = button.closest('[data-solerni-news]').dataset;
    return thread ? showPosts(thread) : showThreads();
  });

  if (every) {
    document.addEventListener('visibilitychange', comeBack);
    block.addEventListener('keydown', wake);
    block.addEventListener('pointerdown', wake);
    plan();
  }
}
