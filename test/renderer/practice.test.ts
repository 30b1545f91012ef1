import { describe, expect, it } from 'vitest';
import { nextScenario, secondsOf } from '../../renderer/features/practice/lessons.ts';
import { type Lesson, type Scenario, scenarioNames } from '../../shared/contract/practice.ts';

const lesson = (scenario: Scenario, verdict: Lesson['verdict']): Lesson => ({
  ...{ id: scenario, scenario, laneId: 'out1', laneName: '训练出口', plate: '鲁BA3388', verdict, remarks: [] },
  startedAt: '2026-03-02T08:00:00+08:00',
  endedAt: '2026-03-02T08:00:04.400+08:00',
});

describe('which car comes next', () => {
  it('is the first lesson for somebody who has not practised yet', () => {
    expect(nextScenario({ lessons: [], chosen: 'normal-exit' })).toBe('normal-exit');
  });

  it('goes on in the order of the book, and comes back to what went wrong', () => {
    expect(nextScenario({ lessons: [lesson('normal-exit', 'right')], chosen: 'normal-exit' })).toBe('misread');
    expect(nextScenario({ lessons: [lesson('misread', 'wrong')], chosen: 'misread' })).toBe('no-entry');
    const all = scenarioNames.map((name) => lesson(name, name === 'arrears' ? 'wrong' : 'right'));
    expect(nextScenario({ lessons: all, chosen: 'platform-down' })).toBe('arrears');
  });

  it('begins again when everything was done right', () => {
    const all = scenarioNames.map((name) => lesson(name, 'right'));
    expect(nextScenario({ lessons: all, chosen: 'platform-down' })).toBe('normal-exit');
  });
});

it('tells the time of a lesson in whole seconds, and none while it is under way', () => {
  expect(secondsOf(lesson('misread', 'right'))).toBe(4);
  expect(secondsOf({ ...lesson('misread', null), endedAt: null })).toBeNull();
});
