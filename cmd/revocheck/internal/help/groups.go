// Package help says how commands are used: their flags in groups, and their
// arguments by name.
package help

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Group is a part of the flags under a title. A name that ends in "*" stands for
// all that begin so.
type Group struct {
	Title string
	Names []string
}

// flags are those of the group, in its order.
func (g Group) flags(of *pflag.FlagSet) (list []*pflag.Flag) {
	for _, name := range g.Names {
		prefix, open := strings.CutSuffix(name, "*")
		of.VisitAll(func(f *pflag.Flag) {
			if f.Name == name || open && strings.HasPrefix(f.Name, prefix) {
				list = append(list, f)
			}
		})
	}
	return list
}

// InGroups shows the flags of a command in groups, in the order given. A flag
// of none stands in the last but one, so that the last stays last. Commands below
// it are shown as cobra does.
func InGroups(of *cobra.Command, groups ...Group) {
	plain := new(cobra.Command).UsageFunc()
	of.SetUsageFunc(func(cmd *cobra.Command) error {
		if cmd != of {
			return plain(cmd)
		}
		_, err := fmt.Fprint(cmd.OutOrStderr(), usage(cmd, groups))
		return err
	})
}

func usage(cmd *cobra.Command, groups []Group) string {
	text := "Usage:\n  " + cmd.UseLine() + "\n"
	if cmd.HasExample() {
		text += "\nExamples:\n" + cmd.Example + "\n"
	}
	for i, below := range cmd.Commands() {
		if i == 0 {
			text += "\nCommands:\n"
		}
		if below.IsAvailableCommand() {
			text += fmt.Sprintf("  %-*s  %s\n", below.NamePadding(), below.Name(), below.Short)
		}
	}
	for i, set := range sets(cmd.LocalFlags(), groups) {
		text += "\n" + groups[i].Title + ":\n" + set.FlagUsages()
	}
	return text
}

// sets parts the flags into those of the groups.
func sets(all *pflag.FlagSet, groups []Group) []*pflag.FlagSet {
	list, shown := make([]*pflag.FlagSet, len(groups)), map[string]bool{}
	for i, g := range groups {
		list[i] = pflag.NewFlagSet("", pflag.ContinueOnError)
		list[i].SortFlags = false
		for _, f := range g.flags(all) {
			list[i].AddFlag(f)
			shown[f.Name] = true
		}
	}
	all.VisitAll(func(f *pflag.Flag) {
		if !shown[f.Name] {
			list[max(0, len(list)-2)].AddFlag(f)
		}
	})
	return list
}
