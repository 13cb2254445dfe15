package web

import (
	"strings"

	"pathwaybot/handlers"
)

// A press of a tick carries the wanted value, "pathway/node/+sign" or "-sign", and
// the page is loaded anew. It opens at the button that was pressed: the cookie says
// which place it has, so that neither the address nor the history does.

// ticked returns the place of the tick that a press has just changed, counting
// buttons from 1; unmarked where the press was none.
func ticked(rows []handlers.Row, press string) int {
	place := 0
	for _, row := range rows {
		for _, b := range row.Buttons {
			place++
			if sign := tickOf(b.Press); sign != "" && sign == tickOf(press) {
				return place
			}
		}
	}
	return unmarked
}

// tickAt returns the press of the tick at a place, or nothing where there is none.
func tickAt(rows []handlers.Row, place int) string {
	for _, row := range rows {
		for _, b := range row.Buttons {
			if place--; place == 0 {
				if tickOf(b.Press) == "" {
					return ""
				}
				return b.Press
			}
		}
	}
	return ""
}

// tickOf returns which sign a button ticks or unticks, or nothing for another button.
func tickOf(press string) string {
	i := strings.LastIndexByte(press, '/') + 1
	if i == 0 || i == len(press) || press[i] != '+' && press[i] != '-' {
		return ""
	}
	return press[:i] + press[i+1:]
}
