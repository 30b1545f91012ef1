import { safe } from '@orpc/client';
import { create } from 'zustand';
import { type Lesson, type Scenario, scenarioNames } from '../../../shared/contract/practice.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { station } from '../../lib/station/client.ts';

interface Lessons {
  /** Newest first. */
  readonly lessons: readonly Lesson[];
  /** Keys pressed in each lesson, as long as it was under way. */
  readonly keys: Readonly<Record<string, number>>;
  readonly chosen: Scenario;
  readonly sending: boolean;
}

export const useLessons = create<Lessons>(() => ({
  lessons: [],
  keys: {},
  chosen: 'normal-exit',
  sending: false,
}));

export const present = ({ lessons }: Lessons): Lesson | undefined => lessons[0];
const underWay = (lesson: Lesson | undefined): lesson is Lesson => lesson?.endedAt === null;

const EVERY_MS = 400;

async function refresh(): Promise<void> {
  const answer = await safe(Promise.resolve().then(() => station().practice.lessons()));
  if (answer.isSuccess) useLessons.setState({ lessons: answer.data });
}

/** Sends the car of a lesson. */
export async function sendCar(scenario: Scenario): Promise<void> {
  if (useLessons.getState().sending) return;
  useLessons.setState({ chosen: scenario, sending: true });
  const answer = await safe(Promise.resolve().then(() => station().practice.send({ scenario })));
  if (answer.isSuccess) {
    const lesson = answer.data;
    useLessons.setState(({ keys }) => ({ keys: { ...keys, [lesson.id]: 0 } }));
  }
  await refresh();
  useLessons.setState({ sending: false });
}

/** The first lesson; later the one after the present that was not done right yet, in the order of the book and round again. */
export function nextScenario({ lessons, chosen }: Pick<Lessons, 'lessons' | 'chosen'>): Scenario {
  if (lessons.length === 0) return chosen;
  const at = scenarioNames.indexOf(chosen);
  const order = [...scenarioNames.slice(at + 1), ...scenarioNames.slice(0, at + 1)];
  return (
    order.find((name) => !lessons.some((each) => each.scenario === name && each.verdict === 'right')) ??
    order[0] ??
    chosen
  );
}

/** Whole seconds from the car driving up to its end. */
export const secondsOf = ({ startedAt, endedAt }: Lesson): number | null =>
  endedAt === null ? null : Math.max(1, Math.round((fromRfc3339(endedAt) - fromRfc3339(startedAt)) / 1000));

/** Follows the lesson under way and counts the keys that are pressed for it. Returns how to stop. */
export function followLessons(): () => void {
  void refresh();
  const timer = setInterval(() => {
    if (underWay(present(useLessons.getState()))) void refresh();
  }, EVERY_MS);
  const onKey = (event: KeyboardEvent): void => {
    const lesson = present(useLessons.getState());
    const modifier = ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key);
    if (!underWay(lesson) || modifier || event.altKey || event.repeat) return;
    useLessons.setState(({ keys }) => ({ keys: { ...keys, [lesson.id]: (keys[lesson.id] ?? 0) + 1 } }));
  };
  window.addEventListener('keydown', onKey, true);
  return () => {
    clearInterval(timer);
    window.removeEventListener('keydown', onKey, true);
  };
}
