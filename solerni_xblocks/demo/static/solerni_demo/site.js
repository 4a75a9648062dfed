/* Menus of the frame close on Escape and on a click elsewhere. Without this file they still open and close. */
const menus = () => document.querySelectorAll('details[data-demo-menu][open]');

document.addEventListener('click', (event) => {
  menus().forEach((menu) => {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  });
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    menus().forEach((menu) => {
      menu.open = false;
      menu.querySelector('summary').focus();
    });
  }
});

document.addEventListener('focusin', (event) => {
  menus().forEach((menu) => {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  });
});
