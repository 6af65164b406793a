-- What people answered to the findings of a plan.
-- finding: its position in the list that was read, from 0; answer: accepted, set_aside.
CREATE TABLE plan_finding (
    plan_id BIGINT NOT NULL REFERENCES plan (id),
    finding BIGINT NOT NULL,
    answer TEXT NOT NULL,
    reason TEXT NOT NULL,
    answered_by BIGINT REFERENCES account (id),
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (plan_id, finding)
);
