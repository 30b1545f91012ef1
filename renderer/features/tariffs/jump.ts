import type { Path } from './form.ts';

/** Brings the field of a path into sight and puts the focus there; the nearest part around it, when it has no control of its own. */
export function jumpTo(path: Path): void {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path.slice(0, length).join('.');
    const found = document.querySelector(`[data-path="${CSS.escape(key)}"]`);
    if (!(found instanceof HTMLElement)) continue;
    found.scrollIntoView({ block: 'center' });
    const control = found.querySelector('input, select, textarea, button');
    if (control instanceof HTMLElement) control.focus({ preventScroll: true });
    found.classList.remove('tf-found');
    // Read once, so that the mark is drawn anew.
    void found.offsetWidth;
    found.classList.add('tf-found');
    return;
  }
}
