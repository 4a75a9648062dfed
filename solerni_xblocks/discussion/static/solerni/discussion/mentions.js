/* Names of people of the place while an @ is typed; arrows, Enter or Tab choose, Escape closes, typing goes on. */
import {post} from '../kit/http.js';
import {find, on} from '../kit/dom.js';

const BEGUN = /(?:^|[^\w@./-])@([\w.+-]{0,50})$/;
const PAUSE = 200;

function readBegun(field) {
  const found = BEGUN.exec(field.value.slice(0, field.selectionStart));
  return found && field.selectionStart === field.selectionEnd ? found[1] : null;
}

export function startMentions({block, url}) {
  let waiting = 0;

  function listOf(field) {
    return field.form && find(field.form, 'people');
  }

  function close(field) {
    const list = listOf(field);
    list.hidden = true;
    list.replaceChildren();
    field.removeAttribute('aria-activedescendant');
  }

  function mark(field, option) {
    Array.from(listOf(field).children).forEach((one) => one.setAttribute('aria-selected', String(one === option)));
    field.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({block: 'nearest'});
  }

  function show(field, names) {
    const list = listOf(field);
    close(field);
    names.forEach((name, number) => {
      const option = document.createElement('li');
      option.id = list.id + '-' + number;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      option.dataset.solerniPerson = name;
      option.textContent = name;
      list.append(option);
    });
    list.hidden = !names.length;
    if (names.length) {
      mark(field, list.firstElementChild);
    }
  }

  function choose(field, option) {
    const begun = readBegun(field);
    if (begun !== null) {
      const start = field.selectionStart - begun.length;
      field.setRangeText(option.dataset.solerniPerson + ' ', start, field.selectionStart, 'end');
    }
    close(field);
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.focus();
  }

  async function look(field) {
    const beginning = readBegun(field);
    const data = {beginning, thread: field.form.dataset.thread};
    const answer = beginning === null ? null : await post(url('list_people'), data).catch(() => null);
    if (answer && readBegun(field) === beginning) {
      show(field, answer.names);
    }
  }

  on(block, 'input', 'compose', (event) => {
    const field = event.target;
    if (field.name !== 'text') {
      return;
    }
    clearTimeout(waiting);
    if (readBegun(field) === null) {
      close(field);
    } else {
      waiting = setTimeout(() => look(field), PAUSE);
    }
  });

  on(block, 'keydown', 'compose', (event) => {
    const field = event.target;
    const list = field.name === 'text' && listOf(field);
    if (!list || list.hidden) {
      return;
    }
    const marked = list.querySelector('[aria-selected=true]');
    const steps = {ArrowDown: marked.nextElementSibling, ArrowUp: marked.previousElementSibling};
    if (event.key in steps) {
      mark(field, steps[event.key] || marked);
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      choose(field, marked);
    } else if (event.key === 'Escape') {
      close(field);
    } else {
      return;
    }
    event.preventDefault();
  });

  on(block, 'mousedown', 'person', (event, option) => {
    event.preventDefault();
    choose(option.closest('form').elements.namedItem('text'), option);
  });
  on(block, 'focusout', 'compose', (event) => event.target.name === 'text' && close(event.target));
}
