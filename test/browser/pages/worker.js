const state = { rounds: 0, items: [1, 2] };

/** @param {number} step */
function work(step) {
  const doubled = step * 2;
  debugger;
  state.items.push(doubled);
  state.rounds += 1;
  return doubled;
}

onmessage = ({ data }) => postMessage(work(data));
