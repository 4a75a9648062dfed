/* Tells the frame around how tall the block is, after each change, as the platform does for the Learning MFE. */
const tell = () => {
  const {scrollHeight: height, scrollWidth: width} = document.documentElement;
  window.parent.postMessage({type: 'plugin.resize', payload: {height, width}}, document.location.origin);
};

if (window.parent !== window) {
  new ResizeObserver(tell).observe(document.body);
}
