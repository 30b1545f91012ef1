import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { type Bench, byHand, openBooth, resetStores, scene } from './support.tsx';

let bench: Bench;
afterEach(() => {
  bench.stop();
  resetStores();
});

it('the loop of a lane is told in words where its devices tell of one, and only there', async () => {
  bench = await openBooth(scene('idle'));
  expect(screen.queryByText(/地感/)).toBeNull();
  act(() => {
    bench.station.changeLane('out2', { loop: 'occupied' });
  });
  await bench.settle();
  expect(screen.getByText('地感 有车')).toBeTruthy();
});

it('a fixed fee above what any gate takes is called too large, not missing', async () => {
  bench = await openBooth(scene('noentry'));
  await byHand(bench, '3');
  await bench.settle();
  const field = document.querySelector<HTMLInputElement>('.dialog-digits');
  if (!field) throw new Error('no field');
  await userEvent.clear(field);
  await userEvent.type(field, '135000000');
  expect(screen.getByText('金额过大，请重新输入')).toBeTruthy();
  expect(screen.queryByText('先输入金额')).toBeNull();
});
