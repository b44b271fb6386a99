addEventListener('message', ({ source }) => {
  const heard = { times: 1 };
  debugger;
  source?.postMessage(heard);
});
