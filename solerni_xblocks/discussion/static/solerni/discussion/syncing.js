/* Drafts on the server: saved while typing, found again on any device. Two windows never overwrite one another. */
import {post} from '../kit/http.js';
import {find, findAll} from '../kit/dom.js';
import * as drafts from './drafts.js';
import * as files from './files.js';

const PAUSE = 1200;
const states = new WeakMap();

function stateOf(form) {
  if (!states.has(form)) {
    states.set(form, {revision: 0, isDirty: false, timer: 0, saving: null, other: null});
  }
  return states.get(form);
}

function keepHere(form) {
  const {revision, isDirty} = stateOf(form);
  drafts.keep(form, {revision, isDirty});
}

function tell(form, text) {
  find(form, 'draft-state').textContent = text || '';
}

/* Another text stands where this one would go: the author chooses. */
export function offer(form, other) {
  const box = find(form, 'draft-conflict');
  stateOf(form).other = other;
  find(box, 'other-title').textContent = other.title || '';
  find(box, 'other-text').textContent = other.text || '';
  box.hidden = false;
}

function isSame(one, other) {
  return (one.title || '') === (other.title || '') && (one.text || '') === (other.text || '');
}

async function save(form, url) {
  const state = stateOf(form);
  state.isDirty = false;
  try {
    const answer = await post(url('save_draft'), {slot: form.dataset.slot, revision: state.revision, ...drafts.readTyped(form)});
    state.revision = answer.revision;
    tell(form, answer.said);
  } catch (refusal) {
    state.isDirty = true;
    if (refusal.code === 'draft.changed') {
      offer(form, refusal.body);
    }
    tell(form, refusal.status === 0 ? find(form, 'draft-state').dataset.kept : refusal.message);
  }
  keepHere(form);
}

/* Bring the form to the server now; one save at a time. Resolves when nothing is on its way. */
export async function flush(form, url) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  if (state.saving) {
    await state.saving;
  }
  if (state.isDirty && !state.other) {
    state.saving = save(form, url);
    await state.saving;
    state.saving = null;
  }
}

/* Something was typed. */
export function touch(form, url) {
  const state = stateOf(form);
  state.isDirty = true;
  keepHere(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => flush(form, url), PAUSE);
}

/* What stands in the form waits no longer to be saved: it is being published. */
export async function settle(form) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  if (state.saving) {
    await state.saving;
  }
}

/* The form is published: its draft is gone, here and on the server. */
export function forget(form) {
  states.delete(form);
  find(form, 'draft-conflict').hidden = true;
  tell(form, '');
  files.forget(form);
  drafts.drop(form);
}

/* Drafts that the server sent with the page, by slot; each is taken once. */
export function readSaved(block) {
  const saved = new Map();
  findAll(block, 'drafts').forEach((box) => {
    box.querySelectorAll('textarea').forEach((one) => {
      const {slot, revision, title, kind, voice} = one.dataset;
      saved.set(slot, {revision: Number(revision), title, kind, voice, text: one.value});
    });
    box.remove();
  });
  return saved;
}

/* What was typed for `box`, here or on another device; the later of the two. Undefined when nothing was. */
function findWords(box, saved) {
  const here = drafts.recall(box);
  const there = saved.get(box.dataset.slot);
  return here && (!there || here.isDirty) ? here : there;
}

/* Where nothing can be written any more, what was typed is shown, to be copied. */
export function showWords(root, saved) {
  findAll(root, 'kept').forEach((box) => {
    const words = findWords(box, saved);
    box.hidden = !words;
    box.querySelector('textarea').value = words ? words.text : '';
  });
}

/* Put back what was typed in `form`: here, or on another device. Returns whether there was anything. */
export function restore(form, saved, url) {
  const state = stateOf(form);
  const here = drafts.recall(form);
  files.restore(form);
  const there = saved.get(form.dataset.slot);
  saved.delete(form.dataset.slot);
  if (!here && !there) {
    return false;
  }
  const isMine = here && (!there || here.isDirty);
  drafts.write(form, isMine ? here : there);
  state.revision = there && (!isMine || isSame(here, there)) ? there.revision : (here && here.revision) || 0;
  if (isMine && there && !isSame(here, there) && there.revision !== state.revision) {
    offer(form, there);
  }
  if (isMine && here.isDirty) {
    touch(form, url);
  }
  keepHere(form);
  return true;
}

/* The author chose between two texts: the one of the form, or the other window's. */
export function choose(form, isMine, url) {
  const state = stateOf(form);
  const other = state.other;
  if (!other) {
    return;
  }
  state.other = null;
  state.revision = other.revision || state.revision;
  form.dataset.version = other.version || form.dataset.version || '';
  find(form, 'draft-conflict').hidden = true;
  tell(form, '');
  if (!isMine) {
    drafts.write(form, {...drafts.read(form), title: other.title, text: other.text});
  }
  touch(form, url);
  form.elements.namedItem('text').focus();
}

/* Forms of `block` are saved while typing, when the page is left, and when the network is back. */
export function watch(block, url) {
  const flushAll = () => findAll(block, 'compose').forEach((form) => flush(form, url));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && flushAll());
  window.addEventListener('online', flushAll);
  block.addEventListener('input', (event) => event.target.form && 'draft' in event.target.form.dataset && touch(event.target.form, url));
  block.addEventListener('click', (event) => {
    const choice = event.target.closest('[data-solerni-keep-mine], [data-solerni-take-other]');
    if (choice) {
      choose(choice.form, 'solerniKeepMine' in choice.dataset, url);
    }
  });
}
