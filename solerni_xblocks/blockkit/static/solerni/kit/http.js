/* One way to speak to a handler: JSON out, JSON in, a refusal becomes a Refusal error with a code. */

export class Refusal extends Error {
  constructor(status, body) {
    super(body.error || '');
    this.status = status;
    this.code = body.error_code || '';
    this.body = body;
  }
}

function readCookie(name) {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(name + '='));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : '';
}

/* POST `data` as JSON. Resolves with the answer; rejects with Refusal, with Refusal(0) when offline. An answer that
   is not JSON (a proxy, a log-in page) is a refusal without words. */
export async function post(url, data) {
  let response;
  try {
    response = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: {'Content-Type': 'application/json', 'X-CSRFToken': readCookie('csrftoken')},
      body: JSON.stringify(data || {}),
    });
  } catch (error) {
    throw new Refusal(0, {error_code: 'network.offline'});
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || !body) {
    throw new Refusal(response.status, body || {error_code: 'answer.unreadable'});
  }
  return body;
}

/* `ask`, for what is shown in one place: of questions that are under way together only the last one is answered, the others
   resolve with null, so that a slow answer never replaces a newer one. */
export function newest(ask) {
  let asked = 0;
  return async (...question) => {
    asked += 1;
    const mine = asked;
    const answer = await ask(...question);
    return mine === asked ? answer : null;
  };
}

/* POST `fields`, a file among them. `onProgress` hears how much was sent, from 0 to 1. Answers with `done`, which resolves
   and rejects as `post` does, and with `abort`. */
export function upload(url, fields, onProgress) {
  const request = new XMLHttpRequest();
  const form = new FormData();
  Object.entries(fields).forEach(([name, value]) => form.append(name, value));
  const done = new Promise((resolve, reject) => {
    request.upload.addEventListener('progress', (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener('loadend', () => {
      const isFine = request.status >= 200 && request.status < 300 && request.response;
      if (isFine) {
        resolve(request.response);
      } else {
        const code = request.status ? 'answer.unreadable' : 'network.offline';
        reject(new Refusal(request.status, request.response || {error_code: code}));
      }
    });
  });
  request.open('POST', url);
  request.responseType = 'json';
  request.setRequestHeader('X-CSRFToken', readCookie('csrftoken'));
  request.setRequestHeader('X-Requested-With', 'XMLHttpRequest');
  request.send(form);
  return {done, abort: () => request.abort()};
}
