import { describe, expect, it } from 'vitest';
import { nameFilter } from './file-names.ts';
import { FIRST_STATE, formatState, parseState, type BrowserState } from './file-state.ts';

describe('the state in the address', () => {
  it.each<Partial<BrowserState>>([
    {},
    { location: 'sub-01/' },
    { location: 'sub-01/a b+c&d=e#f?%25.nwb' },
    { location: '../../x', filter: '<script>' },
    { location: '😀/ä/', filter: '*.nwb', everywhere: true, sort: 'size', descending: true },
    { sort: 'name', descending: true },
    { location: 'a.nwb', object: '/acquisition/a b&c' },
    { location: '__proto__/', sort: 'modified' },
  ])('survives a round trip: %j', (state) => {
    expect(parseState(formatState(state))).toEqual({ ...FIRST_STATE, ...state });
  });

  it('is short where nothing differs from the defaults', () => {
    expect(formatState({})).toBe('');
    expect(formatState({ location: 'sub-01/' })).toBe('?location=sub-01/');
  });

  it.each([
    ['?location=a+b.nwb', 'a+b.nwb'],
    ['?location=/sub-01/', 'sub-01/'],
    ['?location=%E0%A4%A', '%E0%A4%A'],
    ['?page=2&location=x', 'x'],
    ['?location', ''],
  ])('%s is read as %j', (query, location) => {
    expect(parseState(query).location).toBe(location);
  });

  it('reads an unknown order as the default and writes a lone surrogate as U+FFFD', () => {
    expect(parseState('?sort=-constructor')).toEqual(FIRST_STATE);
    expect(formatState({ location: 'a\ud800' })).toBe('?location=a%EF%BF%BD');
  });
});

describe('nameFilter', () => {
  it.each([
    ['ECEPHYS', 'sub-1_ecephys.nwb', true],
    ['*.nwb', 'sub-1.nwb', true],
    ['*.nwb', 'sub-1.nwb.txt', false],
    ['sub-*_ecephys*', 'sub-1_ecephys.nwb', true],
    ['a*a', 'a', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a**c', 'abc', true],
    ['*', 'anything', true],
    ['.', 'abc', false],
    ['[', 'a[b', true],
    ['  ', 'abc', true],
    ['ronsbo', 'sub-Rønsbo.nwb', true],
    ['muller*', 'Müller.nwb', true],
    ['Mu\u0308ller', 'M\u00fcller.nwb', true],
  ])('%s lets %s through: %s', (typed, name, expected) => {
    expect(nameFilter(typed)(name, 'folder/')).toBe(expected);
  });

  it('tests the whole path where a slash is typed', () => {
    expect(nameFilter('sub-1/*.nwb')('x.nwb', 'sub-1/')).toBe(true);
    expect(nameFilter('sub-1/x')('x.nwb', 'sub-2/')).toBe(false);
  });

  it('responds at once for a pattern that would make a regular expression hang', () => {
    const name = 'a'.repeat(50_000);
    expect(nameFilter(`${'a*'.repeat(40)}b`)(name, '')).toBe(false);
  });
});
