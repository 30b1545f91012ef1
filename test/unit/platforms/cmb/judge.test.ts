import { describe, expect, it } from 'vitest';
import { judge, readAnswer } from '../../../../electron/station/platforms/cmb/judge.ts';
import type { HttpResult } from '../../../../electron/station/platforms/http-client.ts';

const answered = (text: string, status = 200): HttpResult => ({ kind: 'answered', status, text, date: null });
const cut = (maybeArrived: boolean): HttpResult => ({ kind: 'failed', reason: 'ECONNRESET', maybeArrived });
const PATIENCE = 8;

describe('what an answer of the bank means for a record', () => {
  it.each([
    ['{"status":0,"message":"success"}', 200],
    ['{"status":"0","message":"success","data":{"uid":1,"limit":50000}}', 200],
    ['{"status":0}', 200],
  ])('%s: it is there', (text, status) => {
    expect(judge(answered(text, status), 1, PATIENCE)).toEqual({ kind: 'delivered' });
  });

  it('a failure may be the bank’s own: tried again, and for a person after so many', () => {
    const failed = answered('{"status":5,"message":"系统繁忙"}');
    const again = { kind: 'retry', scope: 'message', reason: '5 系统繁忙', answered: true };
    expect(judge(failed, 1, PATIENCE)).toEqual(again);
    expect(judge(failed, PATIENCE - 1, PATIENCE)).toEqual(again);
    expect(judge(failed, PATIENCE, PATIENCE)).toEqual({ kind: 'refused', reason: '5 系统繁忙' });
  });

  it.each(['记录已存在', '该进车记录已经存在', '出车信息已上报，请勿重复提交', '重复上报', 'record already exists'])(
    '%s: it is there',
    (message) => {
      expect(judge(answered(JSON.stringify({ status: 7, message })), 1, PATIENCE)).toEqual({ kind: 'delivered' });
    },
  );

  it.each(['参数重复', '参数 record_id 重复提交', '字段已上传', '车牌已存在', '重复的参数', 'duplicate parameter'])(
    '%s does not say that the record is there',
    (message) => {
      expect(judge(answered(JSON.stringify({ status: 7, message })), 1, PATIENCE)).toMatchObject({ kind: 'retry' });
    },
  );

  it.each([
    ['<html>502 Bad Gateway</html>', 502],
    ['', 200],
    ['[]', 200],
    ['{"message":"success"}', 200],
    ['{"status":null}', 200],
    ['{"status":"ok"}', 200],
    ['{"status":1.5}', 200],
  ])('%s is no answer of the application: the link is in trouble, and it may have arrived', (text, status) => {
    const reason = `HTTP ${status} without a status`;
    expect(judge(answered(text, status), 99, PATIENCE)).toEqual({
      ...{ kind: 'retry', scope: 'link', reason, answered: false },
    });
  });

  it('never reached is told from never answered', () => {
    const lost = { kind: 'retry', scope: 'link', reason: 'ECONNRESET' };
    expect(judge(cut(true), 1, PATIENCE)).toEqual({ ...lost, answered: false });
    expect(judge(cut(false), 1, PATIENCE)).toEqual({ ...lost, answered: true });
  });
});

it('reads data as it is, and null where there is none', () => {
  expect(readAnswer(answered('{"status":0,"data":{"uid":1}}'))).toMatchObject({ kind: 'answered', data: { uid: 1 } });
  expect(readAnswer(answered('{"status":0}'))).toMatchObject({ kind: 'answered', message: '', data: null });
});
