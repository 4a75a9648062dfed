/* One gesture on a post: useful, accepted, endorsed. A pressed button says so and keeps the focus. */
import {post} from '../kit/http.js';
import {find, findAll, on} from '../kit/dom.js';
import {announce, explain} from '../kit/announce.js';

function press(button, isOn) {
  button.setAttribute('aria-pressed', String(isOn));
}

function showTag(article, name, isOn) {
  find(article, name).hidden = !isOn;
}

export function startVoting({block, url}) {
  /* Send the opposite of what is pressed; a second click meanwhile is the same gesture. */
  async function send(handler, button, uuid) {
    if (button.getAttribute('aria-busy') === 'true') {
      return null;
    }
    button.setAttribute('aria-busy', 'true');
    announce(block, '');
    try {
      const answer = await post(url(handler), {post: uuid, on: button.getAttribute('aria-pressed') !== 'true'});
      press(button, answer.on);
      return answer;
    } catch (refusal) {
      explain(block, refusal);
      return null;
    } finally {
      button.removeAttribute('aria-busy');
    }
  }

  on(block, 'click', 'vote', async (event, button) => {
    const answer = await send('vote_post', button, button.dataset.solerniVote);
    if (answer) {
      find(button, 'votes').textContent = answer.votes;
    }
  });

  on(block, 'click', 'accept', async (event, button) => {
    const answer = await send('accept_answer', button, button.dataset.solerniAccept);
    if (answer) {
      findAll(block, 'accept').filter((other) => other !== button).forEach((other) => press(other, false));
      findAll(block, 'post').forEach((article) => {
        const isAnswer = answer.on && article.contains(button);
        article.toggleAttribute('data-accepted', isAnswer);
        if (find(article, 'accepted')) {
          showTag(article, 'accepted', isAnswer);
        }
      });
    }
  });

  on(block, 'click', 'endorse', async (event, button) => {
    const answer = await send('endorse_post', button, button.dataset.solerniEndorse);
    if (answer) {
      showTag(button.closest('[data-solerni-post]'), 'endorsed', answer.on);
    }
  });
}
