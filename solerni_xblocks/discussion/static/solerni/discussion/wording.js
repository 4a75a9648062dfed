/* Help while writing: threads that ask alike beneath the title, another spelling of a word, a word that is right. */
import {post} from '../kit/http.js';
import {fill, find, on} from '../kit/dom.js';
import {announce, explain} from '../kit/announce.js';

const PAUSE = 500;
const SHORTEST = 6;

function replaceWord(form, word, other) {
  const letters = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const whole = new RegExp('(?<![\\p{L}\\p{M}])' + letters + '(?![\\p{L}\\p{M}])', 'gu');
  form.querySelectorAll('textarea').forEach((field) => {
    const value = field.value.replace(whole, () => other);
    if (value !== field.value) {
      field.value = value;
      field.dispatchEvent(new Event('input', {bubbles: true}));
    }
  });
}

/* The line of a word says what was done with it; the next word takes the focus. */
function settle(line, text) {
  const form = line.closest('form');
  const next = line.nextElementSibling || find(form, 'advice');
  line.textContent = line.dataset.solerniWord + ' · ' + text;
  announce(form, text);
  (next.querySelector('button') || next).focus();
}

export function startWording({block, url}) {
  let waiting = 0;

  async function ask(line, handler) {
    try {
      return await post(url(handler), {word: line.dataset.solerniWord});
    } catch (refusal) {
      explain(line.closest('form'), refusal);
      return null;
    }
  }

  function show(line, words) {
    const place = find(line, 'suggestions');
    const none = line.parentElement.dataset.none;
    place.replaceChildren(...words.map((word) => {
      const one = document.createElement('button');
      one.type = 'button';
      one.dataset.solerniSuggestion = word;
      one.textContent = word;
      return one;
    }));
    if (words.length) {
      place.firstElementChild.focus();
    } else {
      place.textContent = none;
      announce(line.closest('form'), none);
    }
  }

  on(block, 'click', 'suggest', async (event, button) => {
    const line = button.closest('[data-solerni-word]');
    const answer = await ask(line, 'suggest_words');
    if (answer) {
      show(line, answer.words);
    }
  });

  on(block, 'click', 'suggestion', (event, button) => {
    const line = button.closest('[data-solerni-word]');
    replaceWord(line.closest('form'), line.dataset.solerniWord, button.dataset.solerniSuggestion);
    settle(line, line.parentElement.dataset.replaced);
  });

  on(block, 'click', 'keep-word', async (event, button) => {
    const line = button.closest('[data-solerni-word]');
    if (await ask(line, 'keep_word')) {
      settle(line, line.parentElement.dataset.kept);
    }
  });

  async function look(field, place) {
    const title = field.value.trim();
    const answer = title.length < SHORTEST ? {html: ''} : await post(url('list_similar'), {title}).catch(() => null);
    if (answer && field.value.trim() === title && (place.dataset.shown || '') !== answer.html) {
      place.dataset.shown = answer.html;
      fill(place, answer.html);
    }
  }

  on(block, 'input', 'compose', (event) => {
    const place = event.target.name === 'title' && find(event.target.form, 'similar');
    if (place) {
      clearTimeout(waiting);
      waiting = setTimeout(() => look(event.target, place), PAUSE);
    }
  });
}
