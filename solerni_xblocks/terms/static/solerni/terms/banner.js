/* The banner of a change that awaits the member's answer; on every page that loads this module.
   All words come from the server. Without this file the mails and the gate still tell of the change. */
import {post} from '../kit/http.js';

const script = document.querySelector('script[data-solerni-terms-pending]');

function make(tag, attributes, text) {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.textContent = text || '';
  return element;
}

function show(found, url) {
  const region = make('section', {'class': 'solerni solerni-main', 'aria-label': found.name, 'data-solerni-terms-banner': found.version});
  const notice = make('div', {'class': 'solerni-notice'});
  notice.append(make('p', {}, found.message));
  const row = make('div', {'class': 'solerni-row'});
  row.append(make('a', {'class': 'solerni-button solerni-primary', href: found.url}, found.read));
  if (found.may_postpone) {
    const later = make('button', {type: 'button', 'data-solerni-terms-banner-later': ''}, found.later);
    later.addEventListener('click', () => postpone(found, url, region, later));
    row.append(later);
  }
  notice.append(row);
  region.append(notice);
  document.getElementById('main').before(region);
  post(url, {version: found.version, act: 'seen'}).catch(() => {});
}

async function postpone(found, url, region, button) {
  button.setAttribute('aria-disabled', 'true');
  try {
    await post(url, {version: found.version, document: found.document, act: 'later'});
    region.remove();
    document.getElementById('main').focus();
  } catch (refusal) {
    button.removeAttribute('aria-disabled');
    location.assign(found.url);
  }
}

async function start(url) {
  const answer = await fetch(url, {credentials: 'same-origin', headers: {Accept: 'application/json'}}).catch(() => null);
  const body = answer && answer.ok ? await answer.json().catch(() => ({})) : {};
  const elsewhere = (body.pending || []).filter((found) => !found.own_pages.includes(location.pathname));
  elsewhere.slice(0, 1).forEach((found) => show(found, url));
}

if (script) {
  start(script.dataset.solerniTermsPending);
}
