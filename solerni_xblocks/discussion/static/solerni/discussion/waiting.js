/* What waits here for a moderator: the head of the queue, with claims. The cases themselves open on their own pages. */
import {post} from '../kit/http.js';
import {fill, find, findAll, on} from '../kit/dom.js';
import {announce, explain} from '../kit/announce.js';

export function startWaiting({block, url}) {
  const box = find(block, 'waiting-box');
  if (!box) {
    return;
  }

  async function show(handler, data) {
    announce(box, '');
    try {
      const answer = await post(url(handler), data);
      fill(find(box, 'waiting'), answer.html);
      find(box, 'waiting-total').textContent = answer.total;
    } catch (refusal) {
      explain(box, refusal);
    }
  }

  box.addEventListener('toggle', () => box.open && show('list_waiting', {}));
  on(box, 'click', 'claim', async (event, button) => {
    const uuid = button.closest('[data-solerni-case]').dataset.solerniCase;
    await show('claim_case', {post: uuid, on: button.dataset.solerniClaim === 'on'});
    const line = findAll(box, 'case').find((item) => item.dataset.solerniCase === uuid);
    (line ? find(line, 'claim') || find(line, 'open') : box.querySelector('summary')).focus();
  });
}
