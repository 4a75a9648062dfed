/* The rule workshop: a trial goes on by itself, part by part, until all was looked at or somebody stops it. */
import {find, on} from '../kit/dom.js';

const MOST_SHOWN = 50;

const page = document.querySelector('[data-solerni-workshop]');
let running = Boolean(page && find(page, 'further'));

function showStop() {
  const stop = find(page, 'stop');
  if (stop) {
    stop.hidden = !running;
    find(page, 'further').hidden = running;
  }
}

function take(fetched) {
  const list = find(page, 'trial-list');
  for (const item of Array.from(find(fetched, 'trial-list').children)) {
    if (list.children.length < MOST_SHOWN) {
      list.append(document.adoptNode(item));
    }
  }
  const had = page.querySelector('[data-solerni-stop]') === document.activeElement;
  find(page, 'trial-sum').replaceWith(document.adoptNode(find(fetched, 'trial-sum')));
  showStop();
  if (had) {
    (find(page, 'stop') || find(page, 'trial')).focus();
  }
}

async function goOn() {
  showStop();
  while (running && find(page, 'further')) {
    try {
      const answer = await fetch(find(page, 'further').href, {credentials: 'same-origin'});
      const fetched = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (!fetched || !find(fetched, 'trial')) {
        throw new Error('no trial');
      }
      take(fetched);
    } catch (error) {
      running = false; // the link to go on by hand comes back
      showStop();
    }
  }
}

if (page) {
  on(page, 'click', 'stop', () => {
    running = false;
    showStop();
    find(page, 'further').focus();
  });
  if (location.hash === '#workshop-result' && find(page, 'trial')) {
    find(page, 'trial').focus();
  }
  goOn();
}
