// Package areas holds the places of the United Kingdom that decide which
// service answers, and how they nest: district, county or council, region,
// nation.
//
// The places are rows in the YAML files of this folder. Load checks every row,
// so a loaded Map has no place without a parent and no two places with one
// code. Find turns what a person typed into places to offer; it keeps nothing
// of it. Changes of councils are rows with dates, never code.
//
// The package knows no telephone number (contacts has those) and no clock: the
// methods that depend on a day take it as a value.
package areas
