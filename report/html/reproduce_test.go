package html

import (
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

func TestTheCommandMakesTheRunAgain(t *testing.T) {
	located := sample.Located()
	located.Strict = true
	reference := sample.Base(report.Conformant)
	reference.Subject.Details = map[string]string{"strategy": "denylist", "store": "miniredis", "algorithm": "ES256", "replicas": "2", "logout scope": "token", "planted fault": "ttl"}
	for want, run := range map[string]report.Run{
		"revocheck run --target 'gateways/my own.yaml' --profile wire --seed 42 --strict":                                   located,
		"revocheck run --strategy denylist --store miniredis --alg ES256 --fault ttl --replicas 2 --profile wire --seed 42": reference,
	} {
		if got := reproduce(run)[0].Line; got != want {
			t.Errorf("%s\nnot %s", got, want)
		}
	}
	if all := reproduce(located); len(all) != 2 || all[1].Line != all[0].Line+" --only lifecycle/logout-ends-token" {
		t.Errorf("%+v", all)
	}
}
