// Package deploy holds no code: its files say how the service runs. The tests hold
// them against what the design asks of a deployment, as far as that can be told
// without a container engine.
package deploy

import (
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestImageHasNoShellAndNoRoot(t *testing.T) {
	file := read(t, "Dockerfile")
	_, last, ok := strings.Cut(file, "FROM scratch")
	if !ok {
		t.Fatal("the image is not built from scratch")
	}
	if !regexp.MustCompile(`(?m)^USER [1-9]\d*:[1-9]\d*$`).MatchString(last) {
		t.Error("the image runs as root")
	}
	if strings.Contains(last, "RUN") || !strings.Contains(last, `ENTRYPOINT ["/bot"]`) {
		t.Error("the last stage wants a shell")
	}
}

// What the Dockerfile builds must run without any library of the system.
func TestBinaryIsStatic(t *testing.T) {
	line := regexp.MustCompile(`RUN CGO_ENABLED=0 (go build .*) -o /bot (\S+)`).FindStringSubmatch(read(t, "Dockerfile"))
	if line == nil {
		t.Fatal("the Dockerfile does not build with CGO_ENABLED=0")
	}
	out := filepath.Join(t.TempDir(), "bot")
	build := exec.Command("go", "build", "-trimpath", "-o", out, line[2])
	build.Dir = ".."
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if b, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	f, err := elf.Open(out)
	if err != nil {
		t.Skipf("not an ELF binary on this system: %v", err)
	}
	defer func() { _ = f.Close() }()
	if slices.ContainsFunc(f.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_INTERP }) {
		t.Error("the binary wants a dynamic linker")
	}
}

func TestComposeKeepsNothing(t *testing.T) {
	var c struct {
		Services map[string]struct {
			Command     []string          `yaml:"command"`
			Environment map[string]string `yaml:"environment"`
			Volumes     []string          `yaml:"volumes"`
			Ports       []string          `yaml:"ports"`
			ReadOnly    bool              `yaml:"read_only"`
			CapDrop     []string          `yaml:"cap_drop"`
		} `yaml:"services"`
	}
	if err := yaml.Unmarshal([]byte(read(t, "compose.yaml")), &c); err != nil {
		t.Fatal(err)
	}
	redis := strings.Join(c.Services["redis"].Command, " ")
	for _, want := range []string{"--save  --appendonly no", "--maxmemory-policy noeviction"} {
		if !strings.Contains(redis, want) {
			t.Errorf("redis runs with %q, want %q", redis, want)
		}
	}
	for name, s := range c.Services {
		if len(s.Volumes) > 0 || !s.ReadOnly || !slices.Contains(s.CapDrop, "ALL") {
			t.Errorf("%s can write to a disk or has capabilities", name)
		}
		for _, p := range s.Ports {
			if !strings.HasPrefix(p, "127.0.0.1:") {
				t.Errorf("%s is reachable from outside at %s", name, p)
			}
		}
		for key, value := range s.Environment {
			secret := regexp.MustCompile("TOKEN|KEY|SECRET").MatchString(key)
			fromFile := strings.HasSuffix(key, "_FILE") && strings.HasPrefix(value, "/run/secrets/")
			if secret && !fromFile {
				t.Errorf("%s: the secret %s is not read from a file", name, key)
			}
		}
	}
}

func TestUnitIsUnderstood(t *testing.T) {
	verify, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not installed")
	}
	b, _ := exec.Command(verify, "verify", "pathwaybot.service").CombinedOutput()
	for line := range strings.Lines(string(b)) {
		if strings.Contains(line, "pathwaybot.service") && !strings.Contains(line, "is not executable") {
			t.Error(strings.TrimSpace(line))
		}
	}
	unit := read(t, "pathwaybot.service")
	for _, want := range []string{"DynamicUser=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n", "LimitCORE=0", "LoadCredential=token:"} {
		if !strings.Contains(unit, want) {
			t.Errorf("the unit lacks %s", strings.TrimSpace(want))
		}
	}
}
