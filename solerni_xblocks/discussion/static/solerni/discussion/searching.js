/* Search in the place or its course: what was found, and more of it. */
import {post} from '../kit/http.js';
import {fill, find, on} from '../kit/dom.js';
import {announce, explain} from '../kit/announce.js';
import {append, setMore} from './listing.js';

export function startSearching({block, url}) {
  const form = find(block, 'search');
  const hits = find(block, 'hits');
  const more = find(block, 'more-hits');
  let asked = null;

  async function ask(data) {
    announce(form, '');
    try {
      return await post(url('search_posts'), data);
    } catch (refusal) {
      explain(form, refusal);
      return null;
    }
  }

  on(block, 'submit', 'search', async (event) => {
    event.preventDefault();
    const question = {words: form.elements.words.value, in_course: form.elements.in_course.checked};
    asked = question;
    const answer = await ask(question);
    if (question !== asked) {
      return;
    }
    if (answer) {
      const {found, none} = find(form, 'status').dataset;
      fill(hits, answer.html);
      setMore(more, answer.after);
      announce(form, answer.count ? found + ' ' + answer.count + (answer.after ? '+' : '') : none);
    } else {
      form.elements.words.focus();
    }
  });

  on(block, 'click', 'more-hits', async (event, button) => {
    const question = asked;
    const answer = await ask({...question, before: button.dataset.after});
    if (answer && question === asked) {
      setMore(button, answer.after);
      const first = append(hits, answer.html);
      first.querySelector('a').focus();
    }
  });
}
