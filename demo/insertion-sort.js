/**
 * What the README shows:
 * `npm run graph -- record demo/insertion-sort.js --function insert --seconds 1.5 --out docs/recording/insertion-sort.svg`.
 */
function insert(sorted, value) {
  let at = sorted.length;
  while (at > 0 && sorted[at - 1].weight > value.weight) at--;
  sorted.splice(at, 0, value);
  return sorted;
}

const fruits = [
  { name: 'melon', weight: 900 },
  { name: 'plum', weight: 60 },
  { name: 'apple', weight: 180 },
];
fruits.reduce(insert, []);
