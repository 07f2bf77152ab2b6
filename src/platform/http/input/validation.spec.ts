import { describe, expect, it } from '@jest/globals';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Matches,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { AppError } from '../problems/app-errors.js';
import { IsOneLineText } from './field-rules.js';
import { toProblem } from '../problems/problem.js';
import { DeferValidation, pendingViolations, RequestValidationPipe } from './validation.js';

const WhenGiven = () => ValidateIf((_body, value) => value !== undefined);

class Thing {
  @IsOneLineText(5)
  name!: string;

  @IsInt()
  @Min(1)
  @Max(10)
  count!: number;

  @WhenGiven()
  @IsBoolean()
  is_on?: boolean;

  @WhenGiven()
  @IsIn(['a', 'b'])
  kind?: string;

  @WhenGiven()
  @IsArray()
  @ArrayMaxSize(2)
  @IsString({ each: true })
  tags?: string[];

  @WhenGiven()
  @IsString()
  @MaxLength(3)
  @Matches(/^x+$/, { message: 'hold x only' })
  code?: string;

  @WhenGiven()
  @IsString()
  @Length(2, 2)
  pair?: string;
}

@DeferValidation()
class FurtherThing extends Thing {}

const RIGHT = { name: 'Ada', count: 1 };
const pipe = new RequestValidationPipe();
const read = (body: unknown, metatype: new () => object = Thing) => pipe.transform(body, { type: 'body', metatype });

async function refusalOf(body: unknown): Promise<AppError> {
  const refused = await read(body).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(refused instanceof AppError)) throw new Error('It was let through.');
  return refused;
}

const found = async (body: unknown) =>
  (await refusalOf(body)).violations.map(({ pointer, code, message }) => `${pointer} ${code}: ${message}`).sort();

describe('the validation of a body', () => {
  it('returns a valid body as an object of its class', async () => {
    expect(await read({ ...RIGHT, tags: ['x'] })).toEqual(Object.assign(new Thing(), RIGHT, { tags: ['x'] }));
  });

  it.each<[string, object, string]>([
    ['missing', { name: undefined }, '/name required: "name" is required.'],
    ['null', { name: null }, '/name wrong_type: "name" must be text.'],
    ['another type', { name: 7 }, '/name wrong_type: "name" must be text.'],
    ['text for a number', { count: '1' }, '/count wrong_type: "count" must be a whole number.'],
    ['a fraction', { count: 1.5 }, '/count wrong_type: "count" must be a whole number.'],
    ['too small', { count: 0 }, '/count out_of_range: "count" must be from 1 to 10.'],
    ['too large', { count: 11 }, '/count out_of_range: "count" must be from 1 to 10.'],
    ['no boolean', { is_on: 'yes' }, '/is_on wrong_type: "is_on" must be true or false.'],
    ['an unknown value', { kind: 'c' }, '/kind unknown_value: "kind" must be one of a, b.'],
    ['no list', { tags: 'x' }, '/tags wrong_type: "tags" must be a list.'],
    ['entries of another type', { tags: [7] }, '/tags wrong_type: "tags" must hold entries that each must be text.'],
    ['too many entries', { tags: ['x', 'y', 'z'] }, '/tags wrong_length: "tags" must have at most 2 entries.'],
    ['too long', { code: 'xxxx' }, '/code wrong_length: "code" must have at most 3 characters.'],
    ['of another length', { pair: 'x' }, '/pair wrong_length: "pair" must have exactly 2 characters.'],
    ['another form', { code: 'y' }, '/code bad_format: "code" must hold x only.'],
    [
      'unknown',
      { nam: 1 },
      '/nam unknown_field: There is no field "nam" here. Known: code, count, is_on, kind, name, pair, tags.',
    ],
    ['forbidden', { constructor: 1 }, '/constructor forbidden_key: This field name is not allowed.'],
    ['unsafe', { name: 'a\0' }, '/name invalid_text: Text must not contain NUL or half of a surrogate pair.'],
  ])('reports one violation for a value that is %s', async (_what, changes, expected) => {
    expect(await found({ ...RIGHT, ...changes })).toEqual([expected]);
  });

  it.each([null, 7, 'x', true, [], [RIGHT]])('accepts a JSON object, not %j', async (body) => {
    expect(await found(body)).toEqual([' wrong_type: The document must be a JSON object.']);
  });

  it('names all violations at once and counts fields, not rules', async () => {
    const refused = await refusalOf({ code: 'yyyy', count: 0, name: 'a\0', extra: 1 });
    expect(refused.violations.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      '/code bad_format',
      '/code wrong_length',
      '/count out_of_range',
      '/extra unknown_field',
      '/name invalid_text',
    ]);
    expect(refused.message).toBe('4 fields are not valid. See errors.');
    expect((await refusalOf({ ...RIGHT, code: 'yyyy' })).message).toBe('One field is not valid. See errors.');
  });

  it('shows no more than 50 violations, and how many more there are', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`field_${n}`, n]));
    const refused = await refusalOf({ ...RIGHT, ...many });
    const problem = toProblem({ ...refused, detail: refused.message, errors: refused.violations }, '/', 'trace');
    expect(problem.errors).toHaveLength(50);
    expect(problem.detail).toBe('5000 fields are not valid. See errors. The first 50 are listed; there are 4950 more.');
    expect(JSON.stringify(problem).length).toBeLessThan(20_000);
  });

  it('removes wrong fields and leaves the refusal to a service with rules of its own', async () => {
    const body = await read({ name: 7, count: 2, extra: 1, constructor: 1 }, FurtherThing);
    expect(body).toEqual(Object.assign(new FurtherThing(), { count: 2 }));
    expect(Object.keys(body as object)).toEqual(['count']);
    expect(pendingViolations(body as object).map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/constructor forbidden_key',
      '/extra unknown_field',
      '/name wrong_type',
    ]);
    expect(pendingViolations((await read(RIGHT, FurtherThing)) as object)).toEqual([]);
  });
});

describe('a name on one line', () => {
  it.each(['Ada', '  Ada ', 'Zoë', '李', '👩‍🚀', 'नमः'])('may be %j', async (name) => {
    expect(await read({ ...RIGHT, name })).toMatchObject({ name: name.trim() });
  });

  it.each([
    ['nothing', '', 'wrong_length'],
    ['blanks', '   ', 'wrong_length'],
    ['too long', 'x'.repeat(6), 'wrong_length'],
    ['two lines', 'a\nb', 'bad_format'],
    ['a line separator', 'a\u2028b', 'bad_format'],
    ['a change of direction', 'a\u202eb', 'bad_format'],
    ['invisible', '\u200d\u200d', 'bad_format'],
    ['an empty letter', '\u3164', 'bad_format'],
    ['an empty Braille pattern', '\u2800', 'bad_format'],
    ['a zero-width space', 'a\u200bb', 'bad_format'],
  ])('is refused for %s', async (_what, name, code) => {
    expect((await refusalOf({ ...RIGHT, name })).violations).toMatchObject([{ pointer: '/name', code }]);
  });

  it('is measured as the column counts characters', async () => {
    expect(await read({ ...RIGHT, name: '🔑🔑🔑🔑🔑' })).toMatchObject({ name: '🔑🔑🔑🔑🔑' });
    expect((await refusalOf({ ...RIGHT, name: '☀️☀️☀️' })).violations).toMatchObject([{ code: 'wrong_length' }]);
  });
});
