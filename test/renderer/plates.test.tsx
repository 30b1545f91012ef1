import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Plate } from '../../renderer/components/Plate.tsx';
import { startI18n } from '../../renderer/lib/i18n/index.ts';
import {
  byLikeness,
  cleanTyped,
  commonProvince,
  likelyColor,
  plateDistance,
  plateWithDot,
} from '../../renderer/lib/plates.ts';
import { UNREAD_PLATE } from '../../shared/domain/plate.ts';
import { plate } from '../fakes/station/build.ts';

beforeAll(() => startI18n('zh-CN'));
afterEach(cleanup);

describe('a drawn plate', () => {
  it.each([
    [plate('鲁B12345', 'blue'), 'plate-blue', '鲁B·12345', '蓝'],
    [plate('鲁U3B902', 'yellow'), 'plate-yellow', '鲁U·3B902', '黄'],
    [plate('鲁BD12345', 'green', 'new-energy-small'), 'plate-green', '鲁B·D12345', '绿'],
    [plate('鲁B12345D', 'yellow-green', 'new-energy-large'), 'plate-yellow-green', '鲁B·12345D', '黄绿'],
    [plate('使014578', 'black', 'embassy'), 'plate-black', '使014578', '黑'],
    [plate('鲁B0321警', 'white', 'police'), 'plate-white', '鲁B·0321警', '白'],
  ])('%o has its colours and its class in words', (value, className, text, word) => {
    render(<Plate plate={value} />);
    const drawn = screen.getByRole('img');
    expect(drawn.classList.contains(className)).toBe(true);
    expect(drawn.textContent).toBe(text);
    expect(screen.getByText(word)).toBeTruthy();
  });

  it('says when it was not read, and when there is none', () => {
    const { rerender } = render(<Plate plate={UNREAD_PLATE} />);
    expect(screen.getByRole('img').textContent).toBe('未识别');
    expect(screen.queryByText('未知')).toBeNull();
    rerender(<Plate plate={{ text: '', color: 'unknown', kind: 'none' }} />);
    expect(screen.getByRole('img').textContent).toBe('无牌车');
  });
});

describe('typing a plate', () => {
  it.each([
    ['b 7k-2o8', { province: '鲁', number: 'B7K208' }],
    ['苏e05ev8', { province: '苏', number: 'E05EV8' }],
    ['bi2345', { province: '鲁', number: 'B12345' }],
    ['o12345', { province: '鲁', number: 'O12345' }],
    ['bd1234567', { province: '鲁', number: 'BD12345' }],
    ['b·1234<5', { province: '鲁', number: 'B12345' }],
  ])('%s', (raw, typed) => expect(cleanTyped(raw, '鲁')).toEqual(typed));

  it('takes seven serial characters for a new-energy plate', () => {
    expect(likelyColor('BD12345', 'unknown')).toBe('green');
    expect(likelyColor('B12345', 'green')).toBe('blue');
    expect(likelyColor('B12345', 'yellow')).toBe('yellow');
  });

  it('starts with the province that is common here', () => {
    expect(commonProvince([plate('苏A11111'), plate('鲁B1'), plate('鲁B2'), UNREAD_PLATE])).toBe('鲁');
    expect(commonProvince([UNREAD_PLATE])).toBeUndefined();
  });
});

describe('likeness', () => {
  it('puts what cameras confuse before what they do not', () => {
    const read = '鲁B8K2I8';
    const order = ['鲁B9K2X8', '鲁BBK218', '鲁C8K3A8'].sort((a, b) => plateDistance(read, a) - plateDistance(read, b));
    expect(order[0]).toBe('鲁BBK218');
    expect(plateDistance(read, read)).toBe(0);
  });
});

it('offers what holds the typed characters before what is merely near', () => {
  const order = ['鲁B7K218', '鲁BA2182', '鲁B21829'].sort(byLikeness('鲁2182', '2182'));
  expect(order.at(-1)).toBe('鲁B7K218');
});

it('the dot stands only in plates of the usual form', () => {
  expect(plateWithDot('WJ鲁12345')).toBe('WJ鲁12345');
  expect(plateWithDot('鲁B1')).toBe('鲁B1');
});
