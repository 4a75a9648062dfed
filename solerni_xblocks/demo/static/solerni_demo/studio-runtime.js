/* Studio in the browser: runtimes of previews and forms, and the dialog in which a block's own form is edited.
   Forms of xblock.utils need jQuery and gettext on window; the words come from the page. */
import {BaseRuntime, readCookie, startBlocks, wrapperOf} from './blocks.js';

const $ = window.jQuery;
const nonce = document.querySelector('script[nonce]').nonce;
const words = JSON.parse(document.querySelector('[data-studio-words]').textContent);
const bus = new EventTarget();

class StudioRuntimeV1 extends BaseRuntime {
  handlerUrl(element, handler, suffix, query) {
    const path = ['/xblock', wrapperOf(element).dataset.usageId, 'handler', handler].join('/');
    return encodeURI(path + (suffix ? '/' + suffix : '')) + (query ? '?' + query : '');
  }

  notify(name, data) {
    bus.dispatchEvent(new CustomEvent(name, {detail: data || {}}));
  }

  listenTo(name, listener) {
    bus.addEventListener(name, (event) => listener(event.detail));
  }
}

class PreviewRuntimeV1 extends StudioRuntimeV1 {
  handlerUrl(element, handler, suffix, query) {
    const path = ['/preview/xblock', wrapperOf(element).dataset.usageId, 'handler', handler, suffix || ''].join('/');
    return encodeURI(path) + '?' + (query || '');
  }
}

window.StudioRuntime = {v1: StudioRuntimeV1};
window.PreviewRuntime = {v1: PreviewRuntimeV1};
window.gettext = (text) => words[text] || text;
$.ajaxPrefilter((options, original, request) => {
  if (!options.crossDomain) {
    request.setRequestHeader('X-CSRFToken', readCookie('csrftoken'));
  }
});

const dialog = document.querySelector('[data-studio-dialog]');
const part = (name) => dialog.querySelector('[data-studio-' + name + ']');
const loaded = new Set();
let edited = null;

function say(text) {
  part('status').textContent = text || '';
}

function complain(text) {
  say('');
  part('error').textContent = text || '';
  part('error').hidden = !text;
  if (text) {
    part('error').scrollIntoView({block: 'nearest'});
  }
}

/* Load one resource of a fragment, once for the page; scripts in the order in which they are asked. */
function load(resource) {
  const key = JSON.stringify(resource);
  if (loaded.has(key)) {
    return Promise.resolve();
  }
  loaded.add(key);
  const isScript = resource.mimetype === 'application/javascript';
  const isAddress = resource.kind === 'url';
  const node = document.createElement(isScript ? 'script' : isAddress ? 'link' : 'style');
  node.nonce = nonce;
  if (!isAddress) {
    node.textContent = resource.data;
    document.head.append(node);
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    Object.assign(node, isScript ? {src: resource.data} : {rel: 'stylesheet', href: resource.data});
    Object.assign(node, {onload: resolve, onerror: reject});
    document.head.append(node);
  });
}

async function open(button) {
  edited = button;
  part('dialog-title').textContent = part('dialog-title').dataset.prefix + ' ' + button.dataset.studioTitle;
  part('form').replaceChildren();
  complain('');
  dialog.showModal();
  try {
    const answer = await fetch(encodeURI('/xblock/' + button.dataset.studioEdit + '/studio_view'));
    if (!answer.ok) {
      throw new Error(answer.statusText);
    }
    const form = await answer.json();
    await form.resources.reduce((before, resource) => before.then(() => load(resource)), Promise.resolve());
    part('form').innerHTML = form.html;
    smooth(part('form'));
    startBlocks(part('form'), (node) => $(node));
    (part('form').querySelector('input, textarea, select') || part('close')).focus();
  } catch (error) {
    complain(part('error').dataset.broken);
  }
}

/* The form of xblock.utils draws its buttons as links and speaks English in its options: let buttons be buttons for
   keyboards and screen readers, and options speak the language of the page. */
function smooth(form) {
  form.querySelectorAll('option').forEach((option) => {
    option.textContent = option.textContent.trim().replace(/(?<=\()Default(?=\)$)/, window.gettext);
  });
  form.querySelectorAll('[data-cast=boolean] option').forEach((option) => {
    option.textContent = option.textContent.replace(/^(True|False)/, window.gettext);
  });
  form.querySelectorAll('a.save-button, a.cancel-button').forEach((link) => {
    link.setAttribute('role', 'button');
    link.addEventListener('keydown', (event) => {
      if (event.key === ' ') {
        event.preventDefault();
        link.click();
      }
    });
  });
}

bus.addEventListener('save', (event) => {
  complain('');
  say(event.detail.message);
  if (event.detail.state === 'end') {
    window.location.hash = edited.closest('[data-locator]').id;
    window.location.reload();
  }
});
bus.addEventListener('cancel', () => dialog.close());
bus.addEventListener('error', (event) => {
  const {title, message} = event.detail;
  complain([title, typeof message === 'string' ? message : JSON.stringify(message)].filter(Boolean).join(' '));
});
part('close').addEventListener('click', () => dialog.close());
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-studio-edit]');
  if (button) {
    open(button);
  }
});

startBlocks(document, (node) => $(node));
