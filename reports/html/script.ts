/** Filters and links. The page is whole without it. The filter stands in the address, so that a view can be sent on. */
export const SCRIPT = `
const form = document.querySelector('form');
const cards = [...document.querySelectorAll('.card')].map((element) => ({ element, text: element.textContent.toLowerCase(), ...element.dataset }));
const byId = new Map(cards.map((card) => [card.element.id, card]));
const cells = [...document.querySelectorAll('a.cell')].map((element) => ({ element, card: byId.get(element.hash.slice(1)) }));
const lines = [...document.querySelectorAll('.area tbody tr')];
const boxes = [...form.querySelectorAll('input[name=verdict]')];
form.hidden = false;

function filter() {
  const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const words = form.q.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const level = form.level.value;
  let shown = 0;
  for (const card of cards) {
    card.match = verdicts.has(card.verdict) && (level === '' || card.level === level) && words.every((word) => card.text.includes(word));
    card.element.hidden = !card.match;
    if (card.match) shown += 1;
  }
  for (const cell of cells) cell.element.classList.toggle('out', !cell.card.match);
  for (const line of lines) line.hidden = line.querySelector('a.cell:not(.out)') === null;
  for (const group of document.querySelectorAll('.area')) group.hidden = group.querySelector('tbody tr:not([hidden])') === null;
  for (const group of document.querySelectorAll('.cards')) group.hidden = group.querySelector('.card:not([hidden])') === null;
  document.getElementById('shown').textContent = shown + ' of ' + cards.length + ' rows shown';
}

function remember() {
  const state = new URLSearchParams();
  const off = boxes.filter((box) => !box.checked).map((box) => box.value);
  if (off.length > 0) state.set('hide', off.join(','));
  if (form.q.value !== '') state.set('q', form.q.value);
  if (form.level.value !== '') state.set('level', form.level.value);
  history.replaceState(null, '', '#!' + state);
}

function recall() {
  if (location.hash.startsWith('#!')) {
    const state = new URLSearchParams(location.hash.slice(2));
    const off = new Set((state.get('hide') ?? '').split(','));
    for (const box of boxes) box.checked = !off.has(box.value);
    form.q.value = state.get('q') ?? '';
    form.level.value = state.get('level') ?? '';
    filter();
    return;
  }
  const card = byId.get(location.hash.slice(1));
  if (card === undefined) return;
  if (card.element.hidden) { form.reset(); filter(); }
  for (let at = card.element; at !== null; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
  card.element.scrollIntoView();
  card.element.querySelector('summary').focus({ preventScroll: true });
}

form.addEventListener('input', () => { filter(); remember(); });
form.addEventListener('reset', () => setTimeout(() => { filter(); remember(); }));
form.addEventListener('submit', (event) => event.preventDefault());
addEventListener('hashchange', recall);
filter();
recall();
`;
