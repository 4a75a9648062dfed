/* Files of a form: sent as soon as they are chosen, described, put into the text, removed. The lines of a form outlive it:
   who leaves a thread and comes back finds them again. Words come from the server. */
import {fill, find, findAll, on} from '../kit/dom.js';
import {post, upload} from '../kit/http.js';
import {findWords} from '../kit/announce.js';
import {findField} from './parts.js';

const lines = new WeakMap();  // block → form's slot → its lines, in order
const coming = new WeakMap();  // line → {file, listed, abort}
const labelled = new WeakMap();  // line → what the server knows of it

function blockOf(element) {
  return element.closest('[data-solerni-discussion]');
}

function linesOf(form) {
  const slots = lines.get(blockOf(form));
  if (!slots.has(form.dataset.slot)) {
    slots.set(form.dataset.slot, []);
  }
  return slots.get(form.dataset.slot);
}

function say(form, words, kind) {
  const line = find(form, 'file-state');
  line.dataset.kind = kind || 'info';
  line.textContent = words;
}

function swap(listed, line, next) {
  listed.splice(listed.indexOf(line), 1, ...(next ? [next] : []));
  if (next) {
    line.replaceWith(next);
  } else {
    line.remove();
  }
}

function readLabel(line) {
  const values = Object.fromEntries(findAll(line, 'file-field').map((field) => [field.dataset.solerniFileField, field.value]));
  const {source, ...label} = values;
  return {file: line.dataset.solerniFile, rights_source: source, ...label};
}

/* Which fields a right asks for. */
function arrange(line) {
  const rights = readLabel(line).rights;
  findAll(line, 'asks').forEach((part) => {
    part.hidden = !part.dataset.solerniAsks.split(' ').includes(rights);
  });
}

async function saveLabel(line, url) {
  const label = readLabel(line);
  const now = JSON.stringify(label);
  if (labelled.get(line) !== now) {
    await post(url('label_file'), label);
    labelled.set(line, now);
  }
}

function makeLine(html) {
  const box = document.createElement('div');
  fill(box, html);
  const line = box.firstElementChild;
  labelled.set(line, JSON.stringify(readLabel(line)));
  return line;
}

function showFault(form, line, words, mayRetry) {
  find(line, 'file-progress').hidden = true;
  find(line, 'retry-file').hidden = !mayRetry;
  find(line, 'file-error').hidden = false;
  find(line, 'file-error').textContent = words;
  say(form, find(line, 'file-name').textContent + ' : ' + words, 'error');
}

async function send(form, line, url) {
  const about = coming.get(line);
  const progress = find(line, 'file-progress');
  progress.hidden = false;
  find(line, 'retry-file').hidden = true;
  find(line, 'file-error').hidden = true;
  const sending = upload(url('upload_file'), {slot: form.dataset.slot, file: about.file}, (part) => {
    progress.value = 100 * part;
  });
  about.abort = sending.abort;
  try {
    const next = makeLine((await sending.done).html);
    const hadFocus = line.contains(document.activeElement);
    swap(about.listed, line, next);
    say(form, find(form, 'file-state').dataset.arrived, 'success');
    if (hadFocus) {
      find(next, 'file-field').focus();
    }
  } catch (refusal) {
    if (about.listed.includes(line)) {
      const tooLarge = refusal.status === 413 && find(form, 'files').dataset.tooLarge;
      const words = tooLarge || findWords(find(form, 'file-state'), refusal);
      showFault(form, line, words, refusal.status === 0 || refusal.status >= 500);
    }
  }
}

function announceFile(form, file) {
  const line = find(form, 'file-coming').content.firstElementChild.cloneNode(true);
  find(line, 'file-name').textContent = file.name;
  coming.set(line, {file, listed: linesOf(form), abort: () => {}});
  linesOf(form).push(line);
  find(form, 'file-list').append(line);
  return line;
}

/* One after the other; what is too large or too much is said at once. */
async function take(form, files, url) {
  const {limit, most, tooLarge, tooMany} = find(form, 'files').dataset;
  const accepted = [];
  files.forEach((file) => {
    if (find(form, 'file-list').children.length >= Number(most)) {
      say(form, tooMany, 'error');
    } else if (file.size > Number(limit)) {
      showFault(form, announceFile(form, file), tooLarge, false);
    } else {
      accepted.push(announceFile(form, file));
    }
  });
  for (const line of accepted) {
    await send(form, line, url);
  }
}

async function remove(form, line, url) {
  const about = coming.get(line);
  const listed = linesOf(form);
  if (about) {
    swap(listed, line);
    about.abort();
  } else if ('shown' in line.dataset) {
    line.remove();
  } else {
    try {
      await post(url('remove_file'), {file: line.dataset.solerniFile});
    } catch (refusal) {
      if (refusal.status !== 404) {
        say(form, findWords(find(form, 'file-state'), refusal), 'error');
        return;
      }
    }
    swap(listed, line);
  }
  say(form, find(form, 'file-state').dataset.removed);
  (find(form, 'file-input') || find(form, 'file-state')).focus();
}

/* The image goes where the author was writing; the reference is Markdown that names the file. */
function insert(form, line) {
  const shown = 'shown' in line.dataset ? line.dataset.alternative : readLabel(line).alternative;
  const field = findField(form);
  const reference = '![' + shown.replace(/[[\]\n]/g, ' ') + '](#file-' + line.dataset.solerniFile + ')';
  field.setRangeText('\n\n' + reference + '\n\n', field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', {bubbles: true}));
  field.focus();
}

/* The files that the form holds, for the handler; undefined where it has no files. */
export function list(form) {
  return find(form, 'files') ? findAll(form, 'file').map((line) => line.dataset.solerniFile) : undefined;
}

/* All that is on its way has arrived and is described. Rejects when something did not. Resolves with whether none is missing. */
export async function settle(form, url) {
  if (!find(form, 'files')) {
    return true;
  }
  if (linesOf(form).some((line) => 'coming' in line.dataset)) {
    say(form, find(form, 'file-state').dataset.waiting, 'error');
    find(form, 'file-state').focus();
    return false;
  }
  await Promise.all(linesOf(form).map((line) => saveLabel(line, url)));
  return true;
}

/* What must still be said of a file: its field takes the focus. */
export function point(form, {file, file_field: name}) {
  const line = findAll(form, 'file').find((one) => one.dataset.solerniFile === file);
  const field = line && findAll(line, 'file-field').find((one) => one.dataset.solerniFileField === name);
  if (field) {
    field.setAttribute('aria-invalid', 'true');
    field.focus();
  }
}

/* The form is published: its files went with it. */
export function forget(form) {
  if (find(form, 'files')) {
    linesOf(form).splice(0).forEach((line) => line.remove());
    say(form, '');
  }
}

/* Put the lines that wait back into a form that has just been opened. */
export function restore(form) {
  const box = find(form, 'file-list');
  if (box && find(form, 'file-input')) {
    box.append(...linesOf(form));
  }
}

export function startFiles({block, url}) {
  const kept = new Map();
  lines.set(block, kept);
  findAll(block, 'waiting-files').forEach((box) => {
    box.querySelectorAll('template').forEach((one) => {
      const {slot} = one.dataset;
      kept.set(slot, [...(kept.get(slot) || []), makeLine(one.innerHTML)]);
    });
    box.remove();
  });
  const lineOf = (element) => element.closest('[data-solerni-file], [data-coming]');
  on(block, 'change', 'file-input', (event, input) => {
    const files = Array.from(input.files);
    input.value = '';
    take(input.form, files, url);
  });
  on(block, 'change', 'file-field', (event, field) => {
    const form = field.form;
    field.removeAttribute('aria-invalid');
    arrange(lineOf(field));
    saveLabel(lineOf(field), url).catch((refusal) => say(form, findWords(find(form, 'file-state'), refusal), 'error'));
  });
  on(block, 'click', 'retry-file', (event, button) => send(button.form, lineOf(button), url));
  on(block, 'click', 'remove-file', (event, button) => remove(button.form, lineOf(button), url));
  on(block, 'click', 'insert-file', (event, button) => insert(button.form, lineOf(button)));
}
