/* The answer of a learner to a document: sent once, then the unit is loaded again with what it opens. */
import {announce, explain} from '../kit/announce.js';
import {find} from '../kit/dom.js';
import {post} from '../kit/http.js';

const ANSWERED = 'solerni-terms-answered';

export function start({root, url}) {
  const block = find(root, 'terms');
  showOutcome(block);
  const form = find(block, 'terms-answer');
  if (!form) {
    return;
  }
  const tick = find(form, 'terms-tick');
  tick.addEventListener('change', () => tick.removeAttribute('aria-invalid'));
  find(form, 'terms-accept').addEventListener('click', () => {
    if (tick.checked) {
      send(block, form, url('accept_terms'), {agree: true});
    } else {
      tick.setAttribute('aria-invalid', 'true');
      announce(block, form.dataset.notTicked, 'error');
      tick.focus();
    }
  });
  find(form, 'terms-decline').addEventListener('click', () => send(block, form, url('decline_terms'), {}));
  find(form, 'terms-reload').addEventListener('click', () => window.location.reload());
}

/* After the reload that follows an answer, the person lands on what it led to. */
function showOutcome(block) {
  const outcome = find(block, 'terms-outcome');
  if (outcome && recall() === block.dataset.solerniTerms) {
    remember('');
    outcome.focus();
  }
}

async function send(block, form, handler, answer) {
  if (form.dataset.busy) {
    return;
  }
  form.dataset.busy = 'yes';
  announce(block, form.dataset.sending);
  try {
    await post(handler, {version: form.dataset.version, language: form.dataset.language, ...answer});
    remember(block.dataset.solerniTerms);
    window.location.reload();
  } catch (refusal) {
    delete form.dataset.busy;
    explain(block, refusal);
    find(form, 'terms-outdated').hidden = !['terms_outdated', 'terms_already_accepted'].includes(refusal.code);
  }
}

/* Storage can be forbidden in a frame; then only the focus is lost. */
function remember(key) {
  try {
    window.sessionStorage.setItem(ANSWERED, key);
  } catch (error) {
    // nothing to remember with
  }
}

function recall() {
  try {
    return window.sessionStorage.getItem(ANSWERED);
  } catch (error) {
    return null;
  }
}
