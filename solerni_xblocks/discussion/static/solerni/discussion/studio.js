/* The author's form in Studio: every choice is sent at once; a refusal keeps the form as it is and says why. */
import {find, findAll} from '../kit/dom.js';
import {announce, explain} from '../kit/announce.js';
import {post} from '../kit/http.js';

const readers = {
  bool: (input) => input.checked,
  number: (input) => (input.value === '' ? null : Number(input.value)),
  lines: (input) => input.value.split('\n').map((line) => line.trim()).filter(Boolean),
  moment: (input) => (input.value ? input.value + ':00Z' : null),
  text: (input) => input.value,
};

function readRule(row) {
  const part = (name) => row.querySelector('[data-part=' + name + ']').value;
  return {run: part('run'), ceiling: part('ceiling'), threshold: part('threshold') === '' ? null : Number(part('threshold'))};
}

/* Rules that the author never touched stay unset: they follow what is measured as right. */
function readRules(form) {
  return Object.fromEntries(findAll(form, 'rule').filter((row) => 'set' in row.dataset).map((row) => [row.dataset.solerniRule, readRule(row)]));
}

function read(form) {
  const values = {kinds: [], file_kinds: [], template: {}, rules: readRules(form)};
  findAll(form, 'set').forEach((input) => {
    const {solerniSet: name, kind, part} = input.dataset;
    if (kind === 'choices') {
      values[name].push(...(input.checked ? [input.value] : []));
    } else if (kind === 'choice') {
      values[name] = input.checked ? input.value : values[name];
    } else if (part) {
      values[name][part] = readers[kind](input);
    } else {
      values[name] = readers[kind](input);
    }
  });
  return values;
}

/* The platform answers with a list of what to mend. */
function wordsOf(refusal) {
  const error = refusal.body && refusal.body.error;
  return error && error.messages ? error.messages.map((one) => one.text).join(' ') : '';
}

export function start({root, url, runtime}) {
  const form = find(root, 'settings');
  form.addEventListener('change', (event) => {
    const row = event.target.closest('[data-solerni-rule]');
    if (row) {
      row.dataset.set = '';
    }
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    announce(form, '');
    runtime.notify('save', {state: 'start', message: form.dataset.saving});
    try {
      await post(url('submit_studio_edits'), {values: read(form), defaults: []});
      runtime.notify('save', {state: 'end'});
    } catch (refusal) {
      const words = wordsOf(refusal);
      if (words) {
        announce(form, words, 'error');
      } else {
        explain(form, refusal);
      }
      runtime.notify('error', {title: form.dataset.title, message: find(form, 'status').textContent});
    }
  });
  find(form, 'cancel-settings').addEventListener('click', () => runtime.notify('cancel', {}));
}
