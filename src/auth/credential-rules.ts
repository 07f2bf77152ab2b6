import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, ValidateBy, IsEmail, MaxLength } from 'class-validator';
import { IsLengthInCharacters } from '../platform/http/input/field-rules.js';

/** Lengths in characters (code points), not bytes: a passphrase of emoji is as long as it looks. */
const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 128;

/** A new password of a DTO: 8 to 128 characters, none of the common ones. */
export function IsNewPassword(): PropertyDecorator {
  return applyDecorators(
    IsString(),
    IsLengthInCharacters(SHORTEST_PASSWORD, LONGEST_PASSWORD),
    ValidateBy({
      name: 'isNotCommonPassword',
      validator: { validate: (value) => typeof value !== 'string' || !isCommonPassword(value) },
    }),
  );
}

/** What a new password must do, as {@link IsNewPassword} has it; null: it may be used. */
export function newPasswordFault(password: string): string | null {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD)
    return `have ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`;
  return isCommonPassword(password) ? 'not be one of those that are guessed first' : null;
}

/** Passwords that every guessing tool tries first and that pass the rule of the length. In lower case. */
const COMMON = `
12345678 123456789 1234567890 12345678910 123123123 1234512345 0123456789 0987654321 987654321 87654321 11111111
111111111 1111111111 00000000 000000000 0000000000 22222222 55555555 66666666 77777777 88888888 99999999 12341234
11223344 1122334455 112233445566 12121212 10203040 147258369 123654789 789456123 741852963 159753456 31415926
password password1 password12 password123 password1234 password! password1! passw0rd p@ssw0rd p@ssword pa55word
passwort passwort1 contraseña motdepasse mypassword yourpassword newpassword admin123 admin1234 admin12345
administrator adminadmin rootroot changeme changeme1 changeme123 default1 welcome1 welcome123 welcome1234 letmein1
letmein123 letmeinnow guest1234 testtest test1234 test12345 testing1 testing123 user1234 demo1234 demodemo temp1234
secret123 secret1234 topsecret qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertz123
qwertzui qwertzuiop azertyui azertyuiop asdfasdf asdfghjk asdfghjkl asdf1234 zxcvbnm1 zxcvbnm123 zaq12wsx 1q2w3e4r
1q2w3e4r5t 1qaz2wsx 1qazxsw2 q1w2e3r4 q1w2e3r4t5 qazwsxedc abcd1234 abc12345 abcdefgh abcdefg1 abcd12345 a1b2c3d4
aa123456 a1234567 a12345678 aaaaaaaa aa12345678 iloveyou iloveyou1 iloveyou2 loveyou1 sunshine sunshine1 princess
princess1 football football1 baseball baseball1 basketball superman superman1 batman123 spiderman starwars pokemon1
dragon123 monkey123 michael1 jennifer jessica1 jordan23 charlie1 computer computer1 internet internet1 samsung1
trustno1 whatever whatever1 master123 shadow123 freedom1 victoria november december midnight butterfly chocolate
corvette mercedes maverick steelers liverpool liverpool1 chelsea1 arsenal1 barcelona corona2020 covid2020 summer2020
summer2021 summer2022 summer2023 summer2024 summer2025 winter2020 winter2021 winter2022 winter2023 winter2024
winter2025 spring2024 spring2025 autumn2024 autumn2025 bitcoin1 bitcoin123 bitcoin2024 bitcoin2025 ethereum
ethereum1 satoshi1 satoshinakamoto tothemoon hodlhodl crypto123 crypto1234 blockchain blockchain1 conclave1
conclave123 correcthorsebatterystaple
`;

const COMMON_PASSWORDS: ReadonlySet<string> = new Set(COMMON.trim().split(/\s+/));

function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  return COMMON_PASSWORDS.has(lower) || new Set(lower).size === 1;
}

/** One spelling per address: trimmed, in lower case. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** An e-mail address in a DTO: normalised, then checked; at most 254 characters (RFC 5321). */
export function IsEmailAddress(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normaliseEmail(value) : value)),
    IsString(),
    IsEmail({ require_tld: false }),
    MaxLength(254),
  );
}
