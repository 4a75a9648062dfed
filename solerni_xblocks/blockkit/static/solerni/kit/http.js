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

/* POST `data` as JSON. Resolves with the answer; rejects with Refusal, or with Refusal(0) when offline. */
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
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Refusal(response.status, body);
  }
  return body;
}
