import { expect, it } from 'vitest';
import type { Told } from '../../../electron/station/announcing/tell.ts';
import { LaneVoice } from '../../../electron/station/announcing/voice.ts';

const told = (event: Told['event'], stays: boolean, key: string = event): Told => ({
  ...{ event, vehicle: 'temporary', values: {}, key, passageId: 'p1', stays },
});

it('tells for a while that a hand opened, and what the car was told before once the arm is shut again, unspoken', () => {
  const voice = new LaneVoice();
  const at = (now: number, what: Told) => {
    const telling = voice.follow(what, now, () => 10_000);
    if (telling?.unspoken) voice.spoke(what);
    return telling && { event: telling.told.event, aloud: telling.unspoken };
  };
  expect(at(0, told('full', true))).toEqual({ event: 'full', aloud: true });
  expect(at(5_000, told('released', false, 'cmd1'))).toEqual({ event: 'released', aloud: true });
  expect(at(14_999, told('released', false, 'cmd1'))).toEqual({ event: 'released', aloud: false });
  // It drove off, and nobody tells: the next car is not told that it may go.
  expect(at(15_000, told('released', false, 'cmd1'))).toBeNull();
  expect(at(60_000, told('full', true))).toEqual({ event: 'full', aloud: false });
  expect(at(61_000, told('released', false, 'cmd2'))).toEqual({ event: 'released', aloud: true });
});
