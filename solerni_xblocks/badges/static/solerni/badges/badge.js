/* The badge block: refresh the progress, publish the award or make it private. HTML and words come from the server. */
import {announce, explain} from '../kit/announce.js';
import {fill, find, on} from '../kit/dom.js';
import {post} from '../kit/http.js';

export function start({root, url}) {
  document.addEventListener('solerni:acted', () => follow(root, url));
  on(root, 'click', 'refresh', (event, button) => run(root, button, 'refresh', () => post(url('read_progress'))));
  on(root, 'click', 'share', (event, button) => run(root, button, 'share', () => post(url('share_award'), {
    is_public: button.getAttribute('aria-checked') !== 'true',
  })));
}

/* Something on this page may have brought the member further: show it, and leave the focus and the status alone. */
async function follow(root, url) {
  const answer = await post(url('read_progress')).catch(() => null);
  const standing = find(root, 'standing');
  if (answer && root.isConnected && !standing.contains(document.activeElement)) {
    fill(standing, answer.html);
  }
}

/* One request at a time: the button waits, the standing is replaced, focus returns to the same control. */
async function run(root, button, name, request) {
  if (button.getAttribute('aria-disabled') === 'true') {
    return;
  }
  button.setAttribute('aria-disabled', 'true');
  try {
    const answer = await request();
    fill(find(root, 'standing'), answer.html);
    find(root, name)?.focus();
    announce(root, answer.message || find(root, 'status').dataset.refreshed, 'success');
  } catch (refusal) {
    button.removeAttribute('aria-disabled');
    explain(root, refusal);
  }
}
