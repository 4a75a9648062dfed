/* Forms that publish: pending once, refusals and advice shown beside the text, preview. Words come from the server. */
import {post} from '../kit/http.js';
import {fill, find} from '../kit/dom.js';
import * as advice from './advice.js';
import * as drafts from './drafts.js';
import * as files from './files.js';
import * as refusals from './refusals.js';
import * as syncing from './syncing.js';

function setPending(form, isPending) {
  form.setAttribute('aria-busy', String(isPending));
  find(form, 'publish').setAttribute('aria-disabled', String(isPending));
}

function clearRefusal(form) {
  refusals.clear(form);
  advice.hide(form);
}

function showRefusal(form, refusal) {
  refusals.show(form, refusal);
  if (refusal.body && refusal.body.file) {
    files.point(form, refusal.body);
  }
  if (refusal.code === 'post.already_sent') {
    drafts.renew(form);
  }
  if (refusal.code === 'post.changed') {
    syncing.offer(form, refusal.body);
  }
}

/* What the form is about: a thread to reply in, or a message and the wording of it that was read. */
function aboutOf(form) {
  const {thread, parent, post: message, version} = form.dataset;
  return {thread, parent, post: message, version: version && Number(version)};
}

/* Send the form to its handler. Resolves with the answer, or with null when nothing was published: refused, to be read
   again first, or already on its way. */
export async function publish(form, url, insist) {
  if (form.getAttribute('aria-busy') === 'true') {
    return null;
  }
  setPending(form, true);
  clearRefusal(form);
  await syncing.settle(form);
  try {
    if (!await files.settle(form, url)) {
      syncing.touch(form, url);
      return null;
    }
    const content = {...drafts.read(form), ...aboutOf(form), files: files.list(form), insist};
    const answer = await post(url(form.dataset.solerniCompose), content);
    if (advice.isAdvice(answer)) {
      advice.show(form, answer);
      syncing.touch(form, url);
      return null;
    }
    syncing.forget(form);
    find(form, 'preview').hidden = true;
    return answer;
  } catch (refusal) {
    showRefusal(form, refusal);
    syncing.touch(form, url);
    return null;
  } finally {
    setPending(form, false);
  }
}

export async function preview(form, url) {
  clearRefusal(form);
  const box = find(form, 'preview');
  try {
    const answer = await post(url('preview_post'), drafts.read(form));
    fill(box, answer.html);
    box.hidden = false;
    box.focus();
  } catch (refusal) {
    box.hidden = true;
    showRefusal(form, refusal);
  }
}
