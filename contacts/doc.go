// Package contacts is the directory: who can help, where, for whom, at which
// hour, and how without a voice.
//
// A contact is a block in one of the YAML files of this folder, without any
// sentence that people see: names, descriptions and notes are words and live in
// locales, under "contact.<id>.name", ".who" and ".note". Numbers live only
// here. Load checks every block, so a loaded Directory holds no number that is
// too short, retired or misprinted. List answers the one question of an
// outcome: whom to show, in which order, at this place and hour.
//
// The package has no clock: the moment comes in with the question.
package contacts
