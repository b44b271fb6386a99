/** Runs what a user types as a script of the page, and keeps it for the next visit. Adds no global name. */
(() => {
  const form = document.querySelector('.playground');
  const code = form.querySelector('textarea');
  const output = form.querySelector('output');
  const key = 'memory-graph-playground';

  code.value = localStorage.getItem(key) ?? code.value;

  function run() {
    localStorage.setItem(key, code.value);
    output.textContent = 'Done.';
    const onError = ({ message }) => {
      output.textContent = message;
    };
    addEventListener('error', onError);
    const script = document.createElement('script');
    script.textContent = `${code.value}\n//# sourceURL=playground.js`;
    document.head.append(script);
    script.remove();
    removeEventListener('error', onError);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    run();
  });
  code.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  });
})();
