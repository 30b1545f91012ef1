import { z } from 'zod';
import { timestampSchema } from '../domain/time.ts';
import { procedure } from './base.ts';

/** 训练模式: a whole second station with made-up cars, for new cashiers. Nothing done in it is real. */

const tags = ['practice'];

export const scenarioNames = [
  'normal-exit',
  'misread',
  'no-entry',
  'unread',
  'unlicensed',
  'arrears',
  'blacklisted',
  'card-expired',
  'paid-by-phone',
  'camera-offline',
  'arm-silent',
  'platform-down',
] as const;
export const scenarioSchema = z.enum(scenarioNames);
export type Scenario = z.infer<typeof scenarioSchema>;

/** What the trainer has to say of how a car was dealt with. */
export const remarkSchema = z.enum([
  'collected',
  'released-free',
  'right-car',
  'wrong-car',
  'filled-in',
  'identified',
  'opened-by-hand',
  'opened-without-record',
  'sent-away',
  'let-in',
  'left-owing',
  'debt-collected',
  'debt-left',
  'took-cash-twice',
  'waited-for-phone',
  'cancelled',
]);
export type Remark = z.infer<typeof remarkSchema>;

/** One car of the trainer: sent, dealt with, judged. */
export const lessonSchema = z.object({
  id: z.string(),
  scenario: scenarioSchema,
  laneId: z.string(),
  laneName: z.string(),
  /** The true plate of the car, as anybody at the window can read it. */
  plate: z.string(),
  startedAt: timestampSchema,
  endedAt: timestampSchema.nullable(),
  verdict: z.enum(['right', 'wrong']).nullable(),
  remarks: z.array(remarkSchema),
});
export type Lesson = z.infer<typeof lessonSchema>;

export const practiceStateSchema = z.object({
  /** Whether this very station is the one for practice. */
  practising: z.boolean(),
  /** On the real station: who practises now. */
  running: z.object({ trainee: z.string(), since: timestampSchema }).nullable(),
});
export type PracticeState = z.infer<typeof practiceStateSchema>;

export const practice = {
  state: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/practice',
    summary: 'Whether somebody practises',
    tags,
  }).output(practiceStateSchema),
  /** Starts the practice station, or goes on with one's own. The token signs in there, at `/practice/rpc`, and nowhere else. */
  start: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/practice/start',
    summary: 'Start practising',
    tags,
  }).output(z.object({ token: z.string(), since: timestampSchema })),
  stop: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/practice/stop',
    summary: 'End the practice station; whoever practises or a manager',
    tags,
  }).output(practiceStateSchema),
  /** On the practice station: sends the car of a scenario. Another one that is still under way is given up. */
  send: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/practice/lessons',
    summary: 'Send the car of a lesson',
    tags,
  })
    .input(z.object({ scenario: scenarioSchema }))
    .output(lessonSchema),
  /** On the practice station: the lessons so far, newest first. */
  lessons: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/practice/lessons',
    summary: 'Lessons so far, with what was right and wrong',
    tags,
  }).output(z.array(lessonSchema)),
};
