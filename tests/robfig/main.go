// Prints when robfig/cron starts each "CRON_TZ=ZONE EXPRESSION" of standard input, as minutes since
// the first of the two moments (RFC 3339) that it is called with, up to the second one.
//
// To build it: go mod init record && go get github.com/robfig/cron/v3@v3.0.1 && go build
package main

import (
	"bufio"
	"fmt"
	"os"
	"time"

	"github.com/robfig/cron/v3"
)

func main() {
	first, _ := time.Parse(time.RFC3339, os.Args[1])
	last, _ := time.Parse(time.RFC3339, os.Args[2])
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		schedule, err := cron.ParseStandard(lines.Text())
		if err != nil {
			fmt.Printf("refused: %v\n", err)
			continue
		}
		before := first.Add(-time.Second)
		for next := schedule.Next(before); next.After(before) && next.Before(last); next = schedule.Next(next) {
			fmt.Printf("%d ", int(next.Sub(first).Minutes()))
			before = next
		}
		fmt.Println()
	}
}
