import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import type { PassageView } from '../../shared/contract/lanes.ts';
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

it('a reading whose colour and length contradict each other is shown like one of little confidence, and why', async () => {
  bench = await openBooth(scene('seenagain'));
  const unsure = () => [...document.querySelectorAll('.car-unsure')].map(({ textContent }) => textContent);
  const reads = async (part: Partial<PassageView>): Promise<void> => {
    const { passage } = bench.station.lane('out2');
    if (!passage) throw new Error('no car');
    act(() => {
      bench.station.changeLane('out2', { passage: { ...passage, confidence: 97, ...part } });
    });
    await bench.settle();
  };
  const plate = (text: string, color: 'green' | 'blue') => ({ text, color, kind: 'irregular' }) as const;
  await reads({ plate: plate('粤B12345', 'blue') });
  expect(unsure()).toEqual([]);
  await reads({ plate: plate('粤BD1234', 'green') });
  expect(unsure()).toEqual(['绿牌只读出 7 位，可能少一位，请核对']);
  await reads({ plate: plate('粤BD12345', 'blue'), confidence: 60 });
  expect(unsure()).toEqual(['可信度 60%', '蓝牌读出 8 位，请核对车牌']);
  // A person has looked.
  await reads({ plate: plate('粤BD12345', 'blue'), readPlate: plate('粤BD1234', 'blue') });
  expect(unsure()).toEqual([]);
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
