/* A moderator's tools for one thread: pin, lock, schedule, move, split, merge. What was typed stays with every refusal. */
import {post} from '../kit/http.js';
import {fill, find, on} from '../kit/dom.js';
import {announce, explain} from '../kit/announce.js';

/* What each form sends beside the thread. */
const READ = {
  lock_thread: (form) => ({
    clauses: readTicked(form, 'clauses'),
    message: readField(form, 'message'),
    until: readMoment(readField(form, 'until')),
  }),
  schedule_thread: (form) => ({from: readField(form, 'from'), until: readField(form, 'until')}),
  move_thread: (form) => ({place: readField(form, 'place')}),
  split_thread: (form) => ({
    posts: readTicked(form, 'posts'),
    title: readField(form, 'title'),
    kind: readField(form, 'kind'),
  }),
  merge_threads: (form) => ({into: readField(form, 'address').trim() || readField(form, 'into')}),
};

function readField(form, name) {
  const field = form.elements.namedItem(name);
  return field ? field.value : '';
}

function readTicked(form, name) {
  return Array.from(form.querySelectorAll('input[name=' + name + ']:checked')).map((box) => box.value);
}

/* What was chosen in the time of the browser, as a moment for everybody. */
function readMoment(value) {
  const moment = value ? new Date(value) : null;
  return moment && !Number.isNaN(moment.getTime()) ? moment.toISOString() : '';
}

/* `showArranged` shows what came of it: the thread that is named, or the list when the thread has left. */
export function startArranging({block, url, showArranged}) {
  const boxOf = (element) => element.closest('[data-solerni-arrange]');

  async function send(element, handler, data) {
    const box = boxOf(element);
    if (box.dataset.busy) {
      return;
    }
    box.dataset.busy = 'true';
    announce(box, '');
    try {
      await showArranged(await post(url(handler), {thread: box.dataset.solerniArrange, ...data}));
      document.dispatchEvent(new CustomEvent('solerni:acted'));
    } catch (refusal) {
      explain(box, refusal);
      focusOn(element, refusal);
    } finally {
      delete box.dataset.busy;
    }
  }

  function focusOn(element, refusal) {
    const name = refusal.body && refusal.body.field;
    const field = name && element.querySelector && element.querySelector('[name=' + name + ']');
    if (field) {
      field.focus();
    }
  }

  block.addEventListener('toggle', async (event) => {
    const box = event.target;
    if (!('solerniArrange' in box.dataset) || !box.open) {
      return;
    }
    const bench = find(box, 'workbench');
    if (!bench.firstElementChild) {
      try {
        fill(bench, (await post(url('open_workbench'), {thread: box.dataset.solerniArrange})).html);
      } catch (refusal) {
        explain(box, refusal);
      }
    }
  }, true);

  on(block, 'click', 'pin', (event, button) => {
    send(button, 'pin_thread', {on: button.getAttribute('aria-pressed') !== 'true'});
  });
  on(block, 'click', 'resolve', async (event, button) => {
    const isOn = button.getAttribute('aria-pressed') !== 'true';
    try {
      await showArranged(await post(url('resolve_issue'), {thread: button.dataset.solerniResolve, on: isOn}));
    } catch (refusal) {
      explain(block, refusal);
    }
  });
  on(block, 'click', 'unlock', (event, button) => send(button, 'unlock_thread', {}));
  on(block, 'change', 'lock-template', (event, select) => {
    if (select.value) {
      select.form.elements.namedItem('message').value = select.value;
    }
  });
  on(block, 'submit', 'tool', (event, form) => {
    event.preventDefault();
    const sure = form.elements.namedItem('sure');
    if (sure && !sure.checked) {
      announce(boxOf(form), form.querySelector('[data-unsure]').dataset.unsure, 'error');
      sure.focus();
      return;
    }
    const unfinished = Array.from(form.elements).find((field) => field.validity && field.validity.badInput);
    if (unfinished) {
      announce(boxOf(form), boxOf(form).dataset.unfinished, 'error');
      unfinished.focus();
      return;
    }
    const handler = form.dataset.solerniTool;
    send(form, handler, READ[handler](form));
  });
}
