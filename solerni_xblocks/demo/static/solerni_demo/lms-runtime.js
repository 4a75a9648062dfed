/* The LMS in the browser: runtime, start of blocks, completion on view. */
import {BaseRuntime, readCookie, startBlocks, wrapperOf} from './blocks.js';

class LmsRuntimeV1 extends BaseRuntime {
  handlerUrl(element, handler, suffix, query, thirdparty) {
    const {courseId, usageId} = wrapperOf(element).dataset;
    const door = thirdparty ? 'handler_noauth' : 'handler';
    const path = ['/courses', courseId, 'xblock', usageId, door, handler].join('/') + (suffix ? '/' + suffix : '');
    return encodeURI(path) + (query ? '?' + query : '');
  }
}

window.LmsRuntime = {v1: LmsRuntimeV1};

/* A block that completes on view is complete once a learner has had it before their eyes. */
function watchViews(root) {
  const observer = new IntersectionObserver((entries) => {
    entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      observer.unobserve(entry.target);
      const url = new LmsRuntimeV1().handlerUrl(entry.target, 'publish_completion');
      const headers = {'Content-Type': 'application/json', 'X-CSRFToken': readCookie('csrftoken')};
      fetch(url, {method: 'POST', headers, body: '{}', keepalive: true}).catch(() => {});
    });
  });
  root.querySelectorAll('[data-completable-by-viewing]').forEach((node) => observer.observe(node));
}

/* The outline is open beside the unit on wide screens, folded above it on narrow ones. */
function foldOutline() {
  const outline = document.querySelector('[data-demo-outline]');
  const wide = window.matchMedia('(min-width: 60rem)');
  if (outline) {
    const follow = () => { outline.open = wide.matches; };
    wide.addEventListener('change', follow);
    follow();
  }
}

foldOutline();
startBlocks(document);
watchViews(document);
