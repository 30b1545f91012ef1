import { create } from 'zustand';

export type View = 'booth' | 'outbox';

export const useView = create<{ readonly view: View }>(() => ({ view: 'booth' }));

export function showView(view: View): void {
  useView.setState({ view });
}
