import { RecipientOutcome } from '../../src/audience/filter/filter';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import { codeBit } from '../../src/campaigns/recipients/blocks';
import { checkRecipientFilter, countable } from '../../src/campaigns/recipients/filter';
import { audienceOf } from '../../src/campaigns/follow-ups/audience-of';
import { storyOf } from '../../src/stats/recipients/story';
import type { RecipientFields } from '../../src/stats/recipients/recipient';
import { explained } from '../../src/stats/failures';
import { knownCodes } from '../../src/whatsapp/error-catalogue';

const { SENT, DELIVERED, READ, FAILED, QUEUED } = RecipientStatus;

test.each([
  [{ status: [FAILED, SENT] }, { statuses: [FAILED, SENT] }],
  [{ outcome: [RecipientOutcome.NOT_READ] }, { statuses: [SENT, DELIVERED] }],
  [{ status: [READ, FAILED], outcome: [RecipientOutcome.DELIVERED] }, { statuses: [READ] }],
  [{ outcome: [RecipientOutcome.CLICKED] }, { reaction: 'clicked', missing: false }],
  [{ outcome: [RecipientOutcome.NOT_CONVERTED] }, { reaction: 'converted', missing: true }],
  [{ errorCode: [1] }, { codes: [1] }],
  [{ errorCode: [1], status: [FAILED] }, { codes: [1] }],
  [{ errorCode: [1], status: [SENT] }, { codes: [] }],
  [{ errorCode: [1], outcome: [RecipientOutcome.CLICKED] }, undefined],
  [{ outcome: [RecipientOutcome.CLICKED, RecipientOutcome.FAILED] }, undefined],
  [{ status: [READ], outcome: [RecipientOutcome.CLICKED] }, undefined],
])('%j comes down to %j', (filter, expected) => {
  expect(countable(filter)).toEqual(expected);
});

test('a filter is the same however it is written; an empty list is refused', () => {
  expect(checkRecipientFilter({ status: [SENT, READ, SENT] })).toEqual({ status: [READ, SENT] });
  expect(() => checkRecipientFilter({ errorCode: [] }, 'input.')).toThrow(
    /^input\.errorCode: expected at least one/,
  );
});

test('a bit of an error code is neither that of a status nor beyond 62 bits', () => {
  for (const code of [...knownCodes(), 0, 1, -1, 2 ** 31 - 1, -(2 ** 31)]) {
    expect(codeBit(code)).toBeGreaterThan(1023n);
    expect(codeBit(code)).toBeLessThan(1n << 62n);
  }
});

test('statuses become outcomes of the audience; who still gets the message is refused', () => {
  expect(audienceOf('c', { status: [SENT] })).toEqual({
    campaign: { campaignId: 'c', outcome: ['NOT_DELIVERED'] },
  });
  expect(audienceOf('c', { status: [FAILED, DELIVERED], errorCode: [5] })).toEqual({
    and: [
      {
        or: [
          { campaign: { campaignId: 'c', outcome: ['FAILED'] } },
          {
            and: [
              { campaign: { campaignId: 'c', outcome: ['DELIVERED'] } },
              { campaign: { campaignId: 'c', outcome: ['NOT_READ'] } },
            ],
          },
        ],
      },
      { campaign: { campaignId: 'c', errorCode: [5] } },
    ],
  });
  expect(() => audienceOf('c', { status: [QUEUED] })).toThrow(/^input\.status: /);
});

test('within a second a story is told in the order of the kinds', () => {
  const at = (time: string) => new Date(`2026-01-01T10:00:${time}Z`);
  const recipient = {
    seq: 1,
    sentAt: at('01.900'),
    deliveredAt: at('01.100'),
    clickedAt: at('02.950'),
    readAt: at('02.999'),
    optedOutAt: at('00.500'),
  } as RecipientFields;
  const retry = { seq: 1, at: at('01.000'), failedAt: at('00.900'), errorText: 'No' };
  expect(storyOf(recipient, [retry]).map(({ event, detail }) => [event, detail])).toEqual([
    ['FAILED', 'No'],
    ['OPTED_OUT', null],
    ['SENT', null],
    ['DELIVERED', null],
    ['RETRIED', null],
    ['READ', null],
    ['CLICKED', null],
  ]);
});

test('every code says in sentences what happened and what to do', () => {
  for (const code of [...knownCodes(), 999_999, -1]) {
    const { text, action } = explained(code);
    expect([code, text, action]).toEqual([
      code,
      expect.stringMatching(/^\S.+\.$/),
      expect.stringMatching(/^[A-Z].+\.$/),
    ]);
    expect(action).not.toBe(text);
  }
});
