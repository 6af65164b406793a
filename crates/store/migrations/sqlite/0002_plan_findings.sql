-- What people answered to the findings of a plan.
-- finding: its position in the list that was read, from 0; answer: accepted, set_aside.
CREATE TABLE plan_finding (
    plan_id INTEGER NOT NULL REFERENCES plan (id),
    finding INTEGER NOT NULL,
    answer TEXT NOT NULL,
    reason TEXT NOT NULL,
    answered_by INTEGER REFERENCES account (id),
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (plan_id, finding)
) STRICT;
